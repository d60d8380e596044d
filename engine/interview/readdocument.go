package interview

import (
	"regexp"
	"slices"

	"colloquy/engine/packages"
)

// layoutKeys say what documents made of Markdown look like.
var layoutKeys = []string{"initial yaml", "additional yaml", "template file", "rtf template file", "docx reference file", "metadata"}

// documents reads the attachments of a block and how they are offered; nil if
// there are none.
func (b *builder) documents(r *reader) *Documents {
	n := r.get("attachments")
	if one := r.get("attachment"); one != nil {
		n = one
	}
	code := r.get("attachment code")
	if code == nil {
		code = r.get("attachments code")
	}
	if n == nil && code == nil {
		return nil
	}
	d := &Documents{
		AllowEmailing: r.condOr("allow emailing", true), AllowDownloading: r.cond("allow downloading"),
		AlwaysIncludeEditable: r.cond("always include editable files"), IncludeNotice: r.condOr("include attachment notice", true),
		IncludeDownloadTab: r.condOr("include download tab", true), DescribeFileTypes: r.condOr("describe file types", true),
		ManualList: r.cond("manual attachment list"), ZipFilename: r.text("zip filename"),
		EmailSubject: r.text("email subject"), EmailBody: r.text("email body"), EmailTemplate: r.expr("email template"),
		EmailAddressDefault: r.text("email address default"),
	}
	for _, item := range listOf(n) {
		d.List = append(d.List, b.attachment(item))
	}
	if n == nil {
		d.Code = b.expr(code, "attachment code")
	}
	return d
}

// attachment reads one document; a text alone is its content.
func (b *builder) attachment(n *Node) *Attachment {
	a := &Attachment{Pos: n.Pos, Redact: Cond{Value: true}, Editable: Cond{Value: true}}
	if n.Kind == String {
		a.Content = b.compileText(n)
		a.Number = b.hiddenNumber()
		return a
	}
	if n.Kind == Map {
		n = b.lowered(n)
	}
	r := b.read(n, "an attachment")
	a.Name, a.Filename, a.Description = r.text("name"), r.text("filename"), r.text("description")
	if v := r.get("variable name"); v != nil {
		a.Variable = b.offeredName(v, "variable name")
	} else {
		a.Number = b.hiddenNumber()
	}
	outer := b.defs
	b.defs = append(slices.Clip(b.defs), b.usedefs(r, "usedefs")...)
	a.Raw = r.flag("raw")
	a.Content, a.ContentCode, a.RawExtension = b.content(r)
	b.defs = outer
	a.Language = r.plain("language")
	a.Redact = r.condOr("redact", true)
	b.documentFormats(r, a)
	b.documentTemplates(r, a)
	b.documentFields(r, a)
	b.documentOutput(r, a)
	b.documentLayout(r, a)
	b.documentKind(r, a)
	r.finish()
	return a
}

func (b *builder) hiddenNumber() int {
	b.hidden++
	return b.hidden - 1
}

func (b *builder) documentFormats(r *reader, a *Attachment) {
	n := r.set("valid formats")
	if n == nil {
		return
	}
	if n.Kind == Map {
		cr := b.read(n, "valid formats")
		a.FormatsCode = cr.expr("code")
		cr.finish()
		return
	}
	a.Formats = b.plains(n, "valid formats")
	if contains(a.Formats, "rtf to docx") && (contains(a.Formats, "docx") || r.has("docx template file")) {
		b.errorf(n.Pos, "valid formats cannot hold rtf to docx beside docx or with a docx template file")
	}
}

// documentTemplates reads docx and pdf template files.
func (b *builder) documentTemplates(r *reader, a *Attachment) {
	docx, pdf := r.set("docx template file"), r.set("pdf template file")
	if docx != nil && pdf != nil {
		b.errorf(r.keyPos("pdf template file"), "an attachment has either a docx or a pdf template file, not both")
	}
	switch {
	case docx != nil:
		a.Kind = DOCXDocument
		a.Templates = b.templateFiles(docx, "docx template file")
	case pdf != nil:
		a.Kind = PDFDocument
		a.Templates = b.templateFiles(pdf, "pdf template file")
	}
	a.TemplatePassword = r.text("template password")
}

func (b *builder) templateFiles(n *Node, what string) []TemplateFile {
	var out []TemplateFile
	for _, item := range listOf(n) {
		if item.Kind == Map {
			cr := b.read(item, what)
			out = append(out, TemplateFile{Code: cr.expr("code")})
			cr.finish()
			continue
		}
		if _, ref, ok := b.asset(item, packages.Templates, what); ok {
			out = append(out, TemplateFile{Ref: ref})
		}
	}
	return out
}

// documentFields reads what goes into the fields of a template.
func (b *builder) documentFields(r *reader, a *Attachment) {
	n := r.set("fields")
	if n != nil && len(a.Templates) == 0 && !r.has("docx template file") && !r.has("pdf template file") {
		b.errorf(r.keyPos("fields"), "fields need a docx template file or a pdf template file")
	}
	for _, item := range listOf(n) {
		if item.Kind != Map {
			b.errorf(item.Pos, "fields must be a mapping of names and values, not %s", item.Kind)
			continue
		}
		for i, k := range item.Keys {
			a.Fields = append(a.Fields, DocumentField{Name: k.Written(), Value: b.templated(item.Items[i])})
		}
	}
	a.FieldVariables, a.RawFieldVariables = r.names("field variables"), r.names("raw field variables")
	a.FieldCode = b.namedCode(r.set("field code"), "field code")
	a.Code = r.expr("code")
	a.SkipUndefined, a.DecimalPlaces = r.cond("skip undefined"), r.text("decimal places")
	a.CheckboxExportValue, a.RenderingFont = r.text("checkbox export value"), r.text("rendering font")
	a.Editable = r.condOr("editable", true)
	for _, ignored := range []string{"pdftk", "flattened checkbox label", "flattened checkbox unselected label"} {
		r.get(ignored)
	}
}

// namedCode reads name: expression pairs.
func (b *builder) namedCode(n *Node, what string) []DocumentCode {
	var out []DocumentCode
	for _, item := range listOf(n) {
		if item.Kind != Map {
			b.errorf(item.Pos, "%s must be a mapping of names and expressions, not %s", what, item.Kind)
			continue
		}
		for i, k := range item.Keys {
			if c := b.expr(item.Items[i], what); c != nil {
				out = append(out, DocumentCode{Name: k.Written(), Code: c})
			}
		}
	}
	return out
}

// documentOutput reads what is done with the finished document.
func (b *builder) documentOutput(r *reader, a *Attachment) {
	a.HyperlinkStyle, a.UpdateReferences = r.text("hyperlink style"), r.cond("update references")
	a.PDFA, a.TaggedPDF = r.cond("pdf/a"), r.cond("tagged pdf")
	a.Password, a.OwnerPassword = r.text("password"), r.text("owner password")
	a.Persistent, a.Private = r.cond("persistent"), r.cond("private")
	a.AllowUsers, a.AllowPrivileges = b.allow(r.set("allow users")), b.allow(r.set("allow privileges"))
}

// documentLayout reads the settings of Markdown documents, over those of the
// interview.
func (b *builder) documentLayout(r *reader, a *Attachment) {
	a.Options = &Node{Kind: Map, Pos: a.Pos}
	for _, k := range layoutKeys {
		n := r.set(k)
		switch {
		case n == nil:
		case k == "metadata":
			a.Metadata = b.documentMetadata(n)
		default:
			a.Options.Keys = append(a.Options.Keys, &Node{Kind: String, Str: k, Pos: r.keyPos(k)})
			a.Options.Items = append(a.Options.Items, b.layout(k, n))
		}
	}
}

// layout reads one layout setting: metadata as words, files in full.
func (b *builder) layout(key string, n *Node) *Node {
	if key == "metadata" {
		return b.documentMetadata(n)
	}
	list := &Node{Kind: List, Pos: n.Pos}
	for _, ref := range b.refs(n, packages.Templates) {
		list.Items = append(list.Items, &Node{Kind: String, Str: ref, Pos: n.Pos})
	}
	return list
}

func (b *builder) documentMetadata(n *Node) *Node {
	if n.Kind != Map {
		b.errorf(n.Pos, "metadata must be a mapping, not %s", n.Kind)
		return &Node{Kind: Map, Pos: n.Pos}
	}
	for i, v := range n.Items {
		for _, item := range listOf(v) {
			if item.Kind != String && item.Kind != Int && item.Kind != Float && (item.Kind != Bool || v.Kind == List) {
				b.fixf(item.Pos, "put it in quotation marks", "the metadata %s must be text, a list of texts, True or False, not %s", n.Keys[i].Written(), item.Kind)
			}
		}
	}
	return b.templated(n)
}

var extensionForm = regexp.MustCompile(`^[A-Za-z0-9]+$`)

// documentKind settles what the document is made from.
func (b *builder) documentKind(r *reader, a *Attachment) {
	a.Manual, a.ManualCode = b.namedCode(r.set("manual"), "manual"), r.expr("manual code")
	for _, m := range a.Manual {
		if !extensionForm.MatchString(m.Name) {
			b.errorf(a.Pos, "manual lists files by their extension, and %s cannot be one", m.Name)
		}
	}
	worded := a.Content != nil || a.ContentCode != nil
	switch {
	case a.Kind != MarkdownDocument:
	case a.Raw && worded:
		a.Kind = RawDocument
		if a.RawExtension == "" {
			a.RawExtension = ".txt"
		}
	case worded:
	case a.Manual != nil || a.ManualCode != nil:
		a.Kind = ManualDocument
	default:
		b.fixf(a.Pos, "add content, content file or a template file", "no content provided in attachment")
	}
}
