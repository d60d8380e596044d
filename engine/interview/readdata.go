package interview

import (
	"path"
	"strings"

	"colloquy/engine/packages"
)

// objects reads variable: Class pairs.
func (b *builder) objects(r *reader) {
	for _, item := range listOf(r.get("objects")) {
		if item.Kind != Map {
			b.fixf(item.Pos, "write - variable: ClassName", "an entry of objects must name a variable and its class, not be %s", item.Kind)
			continue
		}
		for i, k := range item.Keys {
			name := b.offeredName(k, "objects")
			class := b.expr(item.Items[i], "the class of "+k.Written())
			if name != nil && class != nil {
				b.block.Objects = append(b.block.Objects, ObjectDef{Name: *name, Class: class})
			}
		}
	}
}

// objectFiles reads variable: file pairs.
func (b *builder) objectFiles(r *reader) {
	use := DescribedObjects
	if n := r.set("use objects"); n != nil {
		use = b.objectUse(n)
	}
	gathered := r.condOr("gathered", true)
	for _, item := range listOf(r.get("objects from file")) {
		if item.Kind != Map {
			b.fixf(item.Pos, "write - variable: file.yml", "an entry of objects from file must name a variable and a file, not be %s", item.Kind)
			continue
		}
		for i, k := range item.Keys {
			name, file := b.offeredName(k, "objects from file"), b.text(item.Items[i], "objects from file")
			if name != nil && file != nil {
				b.block.Files = append(b.block.Files, ObjectFile{Name: *name, File: file, UseObjects: use, Gathered: gathered})
			}
		}
	}
}

func (b *builder) objectUse(n *Node) ObjectUse {
	switch {
	case n.Kind == Bool && n.Bool:
		return GroupObjects
	case n.Kind == Bool:
		return PlainData
	case n.Written() == "objects":
		return DescribedObjects
	default:
		b.fixf(n.Pos, "write True, False or objects", "use objects cannot be %s", n.Written())
		return PlainData
	}
}

// data reads a data or data from code block.
func (b *builder) data(r *reader) {
	b.block.Kind = DataBlock
	d := &Data{Gathered: r.condOr("gathered", true)}
	b.block.Data = d
	if n := r.get("data"); n != nil {
		d.Value = b.templated(n)
	} else if n := r.get("data from code"); n != nil {
		b.block.Kind = DataFromCodeBlock
		d.Value = b.computed(n)
	}
	if n := r.set("use objects"); n != nil {
		d.UseObjects = b.objectUse(n)
	}
	name := b.offeredName(r.set("variable name"), "variable name")
	if name == nil {
		b.fixf(r.n.Pos, "add variable name", "a data block needs a variable name")
		return
	}
	d.Name = *name
}

// template reads a template block.
func (b *builder) template(r *reader) {
	t := &Template{Subject: r.text("subject"), Target: r.plain("target"), Decoration: b.decoration(r.set("decoration"))}
	b.block.Template = t
	if name := b.offeredName(r.get("template"), "template"); name != nil {
		t.Name = *name
	}
	t.Content, t.File, _ = b.content(r)
	if t.Content == nil && t.File == nil {
		b.fixf(r.n.Pos, "add content or content file", "a template needs content")
	}
}

// content reads words written in place, taken from files, or from a file that
// is computed. Extension is that of the last file.
func (b *builder) content(r *reader) (words *Text, file *Code, extension string) {
	words = b.text(r.get("content"), "content")
	n := r.set("content file")
	if n == nil {
		return words, nil, ""
	}
	if n.Kind == Map {
		cr := b.read(n, "content file")
		file = cr.expr("code")
		cr.finish()
		return words, file, ""
	}
	var all strings.Builder
	whole := &Node{Kind: String, Pos: n.Pos}
	for _, item := range listOf(n) {
		text, ref, ok := b.asset(item, packages.Templates, "template")
		if !ok {
			continue
		}
		if all.Len() > 0 {
			all.WriteString("\n")
		}
		all.WriteString(strings.ReplaceAll(text, "\r\n", "\n"))
		extension, whole.Pos = path.Ext(ref), Pos{File: ref, Line: 1, Col: 1}
	}
	whole.Str = all.String()
	if len(listOf(n)) == 1 {
		whole.lines = lineRuns(whole.Str)
	}
	return b.compileText(whole), nil, extension
}

// lineRuns says that a text stands in a file of its own.
func lineRuns(s string) []run {
	runs := []run{{0, 1, 1}}
	for i, line := 0, 1; i < len(s); i++ {
		if s[i] == '\n' {
			line++
			runs = append(runs, run{i + 1, line, 1})
		}
	}
	return runs
}

// table reads a table block.
func (b *builder) table(r *reader) {
	t := &Table{
		Rows: r.expr("rows"), RequireGathered: r.condOr("require gathered", true), ShowIncomplete: r.cond("show incomplete"),
		NotAvailable: r.text("not available label"), SortKey: r.expr("sort key"), SortReverse: r.cond("sort reverse"),
		Filter: r.expr("filter"), EditHeader: r.text("edit header"), DeleteButtons: r.cond("delete buttons"),
		Confirm: r.cond("confirm"), ReadOnly: r.plain("read only"), Reorder: r.cond("allow reordering"),
		ShowIfEmpty: Cond{Value: true},
	}
	b.block.Table = t
	if name := b.offeredName(r.set("table"), "table"); name != nil {
		t.Name = *name
	}
	for _, k := range []string{"table", "rows", "columns"} {
		if !r.has(k) {
			b.fixf(r.n.Pos, "add "+k, "a table needs table, rows and columns; %s is missing", k)
		}
	}
	if n := r.set("columns"); n != nil {
		b.columns(n, t)
	}
	if n := r.get("show if empty"); n != nil {
		if n.Kind == Bool || n.Kind == Null {
			t.ShowIfEmpty = Cond{Set: true, Value: n.Truth()}
		} else {
			t.EmptyMessage = b.text(n, "show if empty")
		}
	}
	if n := r.set("indent"); n != nil {
		b.indent(n, t)
	}
	if n := r.set("edit"); n != nil {
		b.tableEdit(n, t)
	}
}

func (b *builder) columns(n *Node, t *Table) {
	for _, item := range listOf(n) {
		if item.Kind != Map {
			b.fixf(item.Pos, "write - Header: expression", "a column must be a header and an expression, not %s", item.Kind)
			continue
		}
		if header, cell := item.Get("header"), item.Get("cell"); header != nil && cell != nil {
			t.Columns = append(t.Columns, Column{Header: b.text(header, "header"), Cell: b.expr(cell, "cell")})
			continue
		}
		for i, k := range item.Keys {
			t.Columns = append(t.Columns, Column{Header: b.compileText(k), Cell: b.expr(item.Items[i], "the column "+k.Written())})
		}
	}
}

func (b *builder) indent(n *Node, t *Table) {
	const perLevel = 4
	switch {
	case n.Kind == Bool && n.Bool:
		t.Indent = perLevel
	case n.Kind == Bool:
	case n.Kind == Int && n.Int.IsInt64() && n.Int.Int64() >= 0 && n.Int.Int64() <= 20:
		t.Indent = perLevel * int(n.Int.Int64())
	default:
		b.errorf(n.Pos, "indent must be True, False or a small whole number, not %s", n.Written())
	}
}

func (b *builder) tableEdit(n *Node, t *Table) {
	if n.Kind == Bool {
		t.Editable, t.EditAll = n.Bool, n.Bool
		return
	}
	t.Editable = true
	for _, item := range listOf(n) {
		attr := strings.TrimSpace(item.Written())
		probe := "x." + attr
		if strings.HasPrefix(attr, "[") {
			probe = "x" + attr
		}
		if !item.Scalar() || !ValidName(probe) {
			b.errorf(item.Pos, "edit must list attributes of the item, and %s cannot be one", attr)
			continue
		}
		t.Edit = append(t.Edit, attr)
	}
}

// hasResponse reports whether a block sends something that is no screen.
func hasResponse(r *reader) bool {
	for _, k := range []string{"response", "binaryresponse", "all_variables", "response filename", "redirect url", "null response"} {
		if r.has(k) {
			return true
		}
	}
	return false
}

func (b *builder) response(r *reader) {
	res := &Response{
		Text: r.text("response"), Binary: r.expr("binaryresponse"), ContentType: r.text("content type"),
		Filename: r.text("response filename"), RedirectURL: r.text("redirect url"),
		Variables: r.flag("all_variables"), Null: r.flag("null response"), Status: 200,
	}
	b.block.Response = res
	n := r.set("response code")
	if n == nil {
		return
	}
	if n.Kind != Int || !n.Int.IsInt64() || n.Int.Int64() < 100 || n.Int.Int64() > 599 {
		b.errorf(n.Pos, "the response code must be a status from 100 to 599")
		return
	}
	res.Status = int(n.Int.Int64())
}
