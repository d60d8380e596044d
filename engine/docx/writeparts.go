package docx

import (
	"fmt"
	"strings"

	"colloquy/engine/doc"
)

// finish returns all files of the package.
func (x *writer) finish(body *part) []file {
	body.relate("styles", "styles.xml", false)
	body.relate("numbering", "numbering.xml", false)
	body.relate("settings", "settings.xml", false)
	body.relate("footnotes", "footnotes.xml", false)
	if x.noteRels == nil {
		x.noteRels = x.part("footnotes.xml")
	}
	out := []file{
		{"[Content_Types].xml", []byte(x.contentTypes())},
		relsFile("_rels/.rels", []string{
			`<Relationship Id="rId1" Type="` + relations + `officeDocument" Target="word/document.xml"/>`,
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`,
		}),
		{"docProps/core.xml", []byte(x.core())},
		{"word/document.xml", []byte(xmlHead + `<w:document` + spaces + `><w:body>` + body.b.String() + `</w:body></w:document>`)},
		relsFile("word/_rels/document.xml.rels", body.rels),
		{"word/styles.xml", []byte(x.styles())},
		{"word/numbering.xml", []byte(x.numbering())},
		{"word/settings.xml", []byte(x.settings())},
		{"word/footnotes.xml", []byte(xmlHead + `<w:footnotes` + spaces + `>` +
			`<w:footnote w:type="separator" w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>` +
			`<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>` +
			x.noteRels.b.String() + `</w:footnotes>`)},
	}
	if len(x.noteRels.rels) > 0 {
		out = append(out, relsFile("word/_rels/footnotes.xml.rels", x.noteRels.rels))
	}
	for _, b := range x.bands {
		tag := map[bool]string{true: "w:hdr", false: "w:ftr"}[strings.HasPrefix(b.name, "header")]
		out = append(out, file{"word/" + b.name, []byte(xmlHead + "<" + tag + spaces + ">" + b.b.String() + "</" + tag + ">")})
		if len(b.rels) > 0 {
			out = append(out, relsFile("word/_rels/"+b.name+".rels", b.rels))
		}
	}
	return append(out, x.pictures...)
}

func (x *writer) contentTypes() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
		`<Default Extension="jpeg" ContentType="image/jpeg"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + contentType + `document.main+xml"/>`)
	for _, name := range []string{"styles", "numbering", "settings", "footnotes"} {
		fmt.Fprintf(&b, `<Override PartName="/word/%s.xml" ContentType="%s%s+xml"/>`, name, contentType, name)
	}
	for _, band := range x.bands {
		fmt.Fprintf(&b, `<Override PartName="/word/%s" ContentType="%s%s+xml"/>`, band.name, contentType, band.name[:6])
	}
	b.WriteString(`</Types>`)
	return b.String()
}

func (x *writer) core() string {
	m := x.doc.Meta
	var b strings.Builder
	b.WriteString(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`)
	for _, f := range [][2]string{{"dc:title", m.Title}, {"dc:creator", strings.Join(m.Authors, ", ")}, {"dc:subject", m.Subject}, {"cp:keywords", m.Keywords}, {"dc:language", m.Language}} {
		if f[1] != "" {
			fmt.Fprintf(&b, "<%s>%s</%s>", f[0], escape(f[1]), f[0])
		}
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.String()
}

func (x *writer) settings() string {
	return xmlHead + `<w:settings` + spaces + `><w:updateFields w:val="` + fmt.Sprint(x.hasContents()) + `"/><w:defaultTabStop w:val="720"/>` +
		`<w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
}

func (x *writer) hasContents() bool {
	for _, b := range x.doc.Blocks {
		if _, ok := b.(*doc.Contents); ok {
			return true
		}
	}
	return false
}

func (x *writer) fontNames() (text, code string) {
	page := x.doc.Page
	text, code = "Times New Roman", "Courier New"
	if page.Family == doc.Sans {
		text = "Arial"
		if page.SansFont != "" {
			text = page.SansFont
		}
	}
	if page.MainFont != "" {
		text = page.MainFont
	}
	if page.MonoFont != "" {
		code = page.MonoFont
	}
	return text, code
}

// styles are those that the paragraphs and runs name.
func (x *writer) styles() string {
	font, code := x.fontNames()
	size := int(x.doc.Page.Size*2 + 0.5)
	var b strings.Builder
	lang := ""
	if l := x.doc.Meta.Language; l != "" {
		lang = `<w:lang w:val="` + escape(l) + `"/>`
	}
	fmt.Fprintf(&b, `%s<w:styles%s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="%[3]s" w:hAnsi="%[3]s" w:eastAsia="%[3]s" w:cs="%[3]s"/><w:sz w:val="%[4]d"/><w:szCs w:val="%[4]d"/>%[5]s</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>`,
		xmlHead, spaces, escape(font), size, lang)
	style := func(id, name, based, ppr, rpr string) {
		kind := ` w:customStyle="1"`
		if name != id || id == "Title" || id == "Subtitle" || id == "Normal" || id == "Date" {
			kind = ""
		}
		def := ""
		if id == "Normal" {
			def = ` w:default="1"`
		}
		fmt.Fprintf(&b, `<w:style w:type="paragraph"%s%s w:styleId="%s"><w:name w:val="%s"/>`, def, kind, id, name)
		if based != "" {
			fmt.Fprintf(&b, `<w:basedOn w:val="%s"/>`, based)
		}
		fmt.Fprintf(&b, `<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, ppr, rpr)
	}
	style("Normal", "Normal", "", "", "")
	style("Title", "Title", "Normal", `<w:keepNext/>`, fmt.Sprintf(`<w:b/><w:sz w:val="%d"/>`, size*14/10))
	style("Subtitle", "Subtitle", "Normal", `<w:keepNext/>`, fmt.Sprintf(`<w:sz w:val="%d"/>`, size*115/100))
	for _, s := range [][2]string{{"Author", "Author"}, {"Date", "Date"}, {"Abstract", "Abstract"}, {"DefinitionTerm", "Definition Term"}, {"BlockText", "Block Text"}, {"ListParagraph", "List Paragraph"}} {
		style(s[0], s[1], "Normal", "", "")
	}
	style("Caption", "caption", "Normal", `<w:keepNext/>`, "")
	for i := 1; i <= 6; i++ {
		style(fmt.Sprintf("Heading%d", i), fmt.Sprintf("heading %d", i), "Normal", fmt.Sprintf(`<w:keepNext/><w:keepLines/><w:outlineLvl w:val="%d"/>`, i-1), `<w:b/>`)
		style(fmt.Sprintf("TOC%d", i), fmt.Sprintf("toc %d", i), "Normal", fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs><w:spacing w:after="60"/><w:ind w:left="%d" w:right="720"/>`, twips(x.doc.Page.TextWidth()), (i-1)*360), "")
	}
	style("Header", "header", "Normal", "", "")
	style("Footer", "footer", "Normal", "", "")
	style("FootnoteText", "footnote text", "Normal", `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, fmt.Sprintf(`<w:sz w:val="%d"/>`, size*10/12))
	style("SourceCode", "Source Code", "Normal", "", fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:cs="%[1]s"/><w:sz w:val="%[2]d"/>`, escape(code), size*10/12))
	fmt.Fprintf(&b, `<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`+
		`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="%02X%02X%02X"/></w:rPr></w:style>`+
		`<w:style w:type="character" w:customStyle="1" w:styleId="VerbatimChar"><w:name w:val="Verbatim Char"/><w:rPr><w:rFonts w:ascii="%[4]s" w:hAnsi="%[4]s" w:cs="%[4]s"/></w:rPr></w:style>`,
		x.doc.Page.LinkColor.R, x.doc.Page.LinkColor.G, x.doc.Page.LinkColor.B, escape(code))
	b.WriteString(tableStyle + `</w:styles>`)
	return b.String()
}

// tableStyle draws tables as the PDF does.
const tableStyle = `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
	`<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tblBorders><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="120" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr>` +
	`<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>`

var figures = map[doc.Numbering]string{
	doc.Bullets: "bullet", doc.Decimal: "decimal", doc.LowerAlpha: "lowerLetter", doc.UpperAlpha: "upperLetter",
	doc.LowerRoman: "lowerRoman", doc.UpperRoman: "upperRoman",
}

// numbering numbers the headings (1) and each list (2 and on).
func (x *writer) numbering() string {
	var b, nums strings.Builder
	b.WriteString(xmlHead + `<w:numbering` + spaces + `><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>`)
	for i, kind := range []doc.Numbering{doc.UpperRoman, doc.UpperAlpha, doc.Decimal, doc.LowerAlpha, doc.LowerRoman, doc.Decimal} {
		fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:pStyle w:val="Heading%d"/><w:lvlText w:val="%%%d."/><w:lvlJc w:val="left"/></w:lvl>`, i, figures[kind], i+1, i+1)
	}
	b.WriteString(`</w:abstractNum>`)
	nums.WriteString(`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`)
	for i, l := range x.lists {
		id := i + 2
		text := l.Label(0)
		if l.Numbering != doc.Bullets {
			text = strings.Replace(text, l.Numbering.Figure(l.Start), "%1", 1)
		}
		fmt.Fprintf(&b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="%d"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>`, id, max(l.Start, 0), figures[l.Numbering], escape(text))
		fmt.Fprintf(&nums, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>`, id, id)
	}
	return b.String() + nums.String() + `</w:numbering>`
}
