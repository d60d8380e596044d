package objects_test

import (
	"testing"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// words is a fixed text of a table block.
type words string

func (w words) Render(*python.Thread, *python.Namespace) (*python.Str, error) {
	return python.NewStr(string(w)), nil
}

func expr(t *testing.T, src string) evaluation.Code {
	t.Helper()
	e, err := syntax.ParseExpr("cell", src, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.CompileExpr(e, python.CompileOptions{Interview: true})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestTemplates(t *testing.T) {
	s := open(t)
	s.texts = map[string]string{"b.content": "Hello {x}, {more}.\n\n", "b.subject": "About {x} "}
	s.run("t = DALazyTemplate('t', 'b', {'x': 'Al'})\nd = DATemplate('d', content='C', subject='S')\n0")
	s.said([][2]string{
		{"str(t)", "Hello Al, {more}."}, {"t.content", "Hello Al, {more}."}, {"t.subject", "About Al"},
		{"t.show(more='hi')", "Hello Al, hi."}, {"t.show_as_markdown(x='Bo')", "Hello Bo, {more}."},
		{"t.content_as_html()", "<p>Hello Al, {more}.</p>"}, {"t.subject_as_html(trim=True)", "<p>About Al</p>"},
		{"t.decorations", "[]"}, {"str(d), d.subject, d.show()", "('C', 'S', 'C')"}, {"d.content_as_html()", "<p>C</p>"},
	})
}

func TestTables(t *testing.T) {
	s := open(t)
	columns := []evaluation.Column{{Header: words("Name"), Cell: expr(t, "row_item.name.text")}, {Header: words("-No."), Cell: expr(t, "row_index")}}
	base := evaluation.Table{Name: "t", Rows: expr(t, "tools"), Columns: columns, ShowIfEmpty: true, RequireGathered: true, Width: 65}
	table := func(change func(*evaluation.Table)) *evaluation.Table {
		t := base
		change(&t)
		return &t
	}
	s.tables = map[string]*evaluation.Table{
		"plain":    &base,
		"narrow":   table(func(x *evaluation.Table) { x.Width = 6 }),
		"indented": table(func(x *evaluation.Table) { x.Indent = 4; x.Filter = expr(t, "row_index == 1") }),
		"sorted":   table(func(x *evaluation.Table) { x.SortKey = expr(t, "lambda y: y.name.text"); x.SortReverse = true }),
		"dict":     table(func(x *evaluation.Table) { x.Rows = expr(t, "{'z': tools[0], 'a': tools[1]}") }),
		"text":     table(func(x *evaluation.Table) { x.Rows = expr(t, "'abc'") }),
		"number":   table(func(x *evaluation.Table) { x.Rows = expr(t, "5") }),
		"none":     table(func(x *evaluation.Table) { x.Rows = expr(t, "[]"); x.ShowIfEmpty = false }),
		"message":  table(func(x *evaluation.Table) { x.Rows = expr(t, "[]"); x.EmptyMessage = words("Nothing.") }),
		"head":     table(func(x *evaluation.Table) { x.Rows = expr(t, "[]") }),
		"edit":     table(func(x *evaluation.Table) { x.Editable, x.Edit, x.DeleteButtons = true, []string{"name.text"}, true }),
		"partial":  table(func(x *evaluation.Table) { x.ShowIncomplete, x.Rows = true, expr(t, "open") }),
		"complete": table(func(x *evaluation.Table) { x.RequireGathered, x.Rows = false, expr(t, "open") }),
		"open":     table(func(x *evaluation.Table) { x.Rows = expr(t, "open") }),
	}
	s.run(`
tools = DAList('tools', elements=[Thing(name='saw'), Thing(name='a|b')])
open = DAList('open', object_type=Thing, there_are_any=True)
open.appendObject()
open.appendObject(name='x')
row_item = 'mine'
def table(block):
    return DALazyTableTemplate('t', block, {})
0`)
	s.said([][2]string{
		{"str(table('plain'))", "\n|Name|  -No.  |\n|----|--------|\n|saw|0|\n|a b|1|\n\n"}, {"row_item", "mine"},
		{"str(table('narrow'))", "\n|Name|  -No.  |\n|---|---|\n|saw|0|\n|a b|1|\n\n"},
		{"table('indented').show()", "\n    |Name|  -No.  |\n    |----|--------|\n    |a b|1|\n\n"},
		{"table('sorted').header_and_contents()", "(['Name', '  -No.  '], [['saw', '0'], ['a b', '1']])"},
		{"table('dict').header_and_contents()[1]", "[['a b', 'a'], ['saw', 'z']]"},
		{"str(table('text'))", "error: DAError: Error in processing table t: row value is not iterable"},
		{"str(table('number'))", "error: DAError: Error in processing table t: row value is not iterable"},
		{"str(table('none'))", "\n"}, {"str(table('message'))", "Nothing.\n"}, {"str(table('head'))", "\n|Name|  -No.  |\n|----|--------|\n\n"},
		{"table('edit').header_and_contents(editable=True)[0]", "['Name', '  -No.  ', 'Actions']"},
		{"'_da_list_remove' in table('edit').show()", "True"}, {"'_da_list' in table('edit').show(editable=False)", "False"},
		{"table('open').show()", "wants open[0].name.text"},
		{"table('partial').header_and_contents()[1]", "[['n/a', '0'], ['x', '1']]"},
		{"table('complete').header_and_contents()[1]", "[['x', '1']]"},
	})
}

func TestFiles(t *testing.T) {
	s := open(t)
	s.place.Package = "docassemble.demo"
	s.files = map[string]string{"static/docassemble.demo:a.txt": "words"}
	s.run(`
up = files_from_upload('up', [(7, 'cat.jpeg', 'image/jpeg'), (8, 'x.pdf', 'application/pdf')])
sig = file_from_signature('sig', [(9, 'signature.png', 'image/png')])
doc = document_collection('doc', {'name': 'My letter', 'filename': 'letter', 'formats': ['md', 'html']}, [('md', {'filename': 'letter.md', 'content': '# Dear'}), ('html', {'filename': 'letter.html', 'content': '<h1>Dear</h1>'})], {})
pic = DAStaticFile(filename='a.png', alt_text='a ]cat')
txt = DAStaticFile('txt', filename='a.txt')
own = DAFile('own')
0`)
	s.said([][2]string{
		{"str(up)", "[FILE 7, None, None][FILE 8, None, None]"}, {"up.url_for()", "/file/7/cat.jpeg"}, {"up[0].extension, up[1].mimetype", "('jpg', 'application/pdf')"},
		{"up[0].instanceName, up[0].ok, len(up)", "('up[0]', True, 2)"}, {"up[0].show(width='50px')", "[FILE 7, 50px, None]"},
		{"up.set_alt_text('x]y')\nup[0].show()", "[FILE 7, None, xy]"}, {"up[0].num_pages()", "1"},
		{"up.path()", "error: DAError: The file up[0] cannot be opened by a path, since files are not kept as such on this server."},
		{"DAFileList('e', elements=[]).path()", "None"}, {"sig.number, sig.instanceName", "(9, 'sig')"},
		{"doc.md.slurp(), doc.html.filename, doc.md.instanceName", "('# Dear', 'letter.html', 'doc.md')"},
		{"str(doc)", "# Dear"}, {"doc.info['name']", "My letter"}, {"DAFileCollection('q').url_for()", "error: DAError: Could not find a file within a DACollection."},
		{"DAFileCollection('q').num_pages()", "wants q.pdf"},
		{"pic.show()", "[FILE docassemble.demo:data/static/a.png, None, a cat]"}, {"pic.url_for()", "/file/docassemble.demo:data/static/a.png"},
		{"txt.slurp(), txt.size_in_bytes()", "('words', 5)"},
		{"str(own)", "wants own.initialized"}, {"own.initialize(extension='md')\nown.write('*hi*')\nstr(own), own.filename, own.size_in_bytes()", "('*hi*', 'file.md', 4)"},
		{"own.initialize(filename='b.txt', content='a\\nb')\nown.readlines(), own.mimetype", "(['a\\n', 'b'], 'text/plain')"},
	})
}
