package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"colloquy/engine/ask"
	"colloquy/engine/interview"
)

// needed are the lines that a field of a datatype cannot do without.
var needed = map[string]string{
	"range": "min: 1\n    max: 9", "checkboxes": "choices: [pike, carp]", "multiselect": "choices: [pike, carp]", "radio": "choices: [pike, carp]",
	"combobox": "choices: [pike, carp]", "datalist": "choices: [pike, carp]", "dropdown": "choices: [pike, carp]", "pulldown": "choices: [pike, carp]",
	"object": "choices: ponds", "object_radio": "choices: ponds", "object_checkboxes": "choices: ponds", "object_multiselect": "choices: ponds",
	"ajax": "action: suggest",
}

const oneField = `
objects:
  - ponds: DAList.using(object_type=Individual, auto_gather=False, gathered=True)
---
mandatory: True
code: |
  fish = ponds.appendObject()
  fish.name.first = 'Pike'
---
mandatory: True
code: |
  asked
  caught
---
event: suggest
code: |
  json_response(['trout'])
---
event: caught
question: Caught
---
question: Fish?
fields:
  - Fish: f
    datatype: %s
    %s
continue button field: asked
`

const formKind, jsonBody = "application/x-www-form-urlencoded", "application/json"

// assaults are bodies that no page sends: their content types, and what follows
// the inputs that every form carries. F is the posted name of the field.
var assaults = []struct{ name, kind, body string }{
	{"nothing", formKind, ""},
	{"empty", formKind, "&F="},
	{"no UTF-8", formKind, "&F=%ff%fe%c0%80"},
	{"no encoding", formKind, "&F=%zz"},
	{"NUL", formKind, "&F=%00&F%00=1"},
	{"control characters", formKind, "&F=%1b%5b31m%07%0d%0a"},
	{"markup", formKind, "&F=" + url.QueryEscape(`"><script>alert(1)</script>`)},
	{"huge", formKind, "&F=" + strings.Repeat("9", 1<<19)},
	{"more than a float", formKind, "&F=1e999"},
	{"NaN", formKind, "&F=NaN"},
	{"no such date", formKind, "&F=9999-99-99"},
	{"twice", formKind, "&F=pike&F=1&F=%00"},
	{"a key of brackets", formKind, "&F[]=1&F[x]=1&[=1&=1"},
	{"another question", formKind, "&" + ask.Encode("stranger") + "=1&" + ask.Encode("f.__class__") + "=1"},
	{"a file that is text", formKind, "&_files_inline=F"},
	{"surrogates in JSON", jsonBody, `"f": "\ud800 \udfff\u0000"`},
	{"a number beyond floats", jsonBody, `"f": 1e999`},
	{"no JSON number", jsonBody, `"f": NaN`},
	{"the key twice in JSON", jsonBody, `"f": "1", "f": {"pike": true}, "f": "2"`},
	{"deep JSON", jsonBody, `"f": ` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000)},
	{"boxes of strangers", jsonBody, `"f": {"shark": true, "": "x", "pike": "perhaps"}`},
	{"a file without content", jsonBody, `"f": [{"name": "../x\r\nX: y", "type": "a\r\nb: c", "content": "data:;base64,"}]`},
	{"a file that is no file", jsonBody, `"f": [1, null, "x"]`},
	{"null", jsonBody, `"f": null`},
	{"a name that is none", jsonBody, `"f = 1; x": "1", "__class__": "x", "\u0000": "1"`},
	{"parts that never end", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"F\"\r\n\r\n1"},
	{"a part without a name", "multipart/form-data; boundary=x", "--x\r\n\r\n1\r\n--x--\r\n"},
	{"no boundary", "multipart/form-data", "x"},
}

// Whatever arrives at the address of a question, whatever its field, the answer
// is a screen that says what is wrong, the next one, or a refusal: never a
// failure of the server.
func TestHostileRequests(t *testing.T) {
	files := map[string]string{}
	for _, datatype := range interview.Datatypes() {
		files[datatype+".yml"] = fmt.Sprintf(oneField, datatype, needed[datatype])
	}
	h := open(t, files)
	for n, datatype := range interview.Datatypes() {
		t.Run(datatype, func(t *testing.T) {
			p := h.in(t).visit()
			var pg *page
			for i, a := range assaults {
				if testing.Short() && i%4 != n%4 {
					continue
				}
				if pg == nil || pg.status != http.StatusUnprocessableEntity || pg.heading() != "Fish?" {
					pg = p.begin(datatype + ".yml").wants("Fish?")
				}
				pg = assault(pg, datatype+".yml", a.kind, a.body)
				said := first(pg.doc, func(n *html.Node) bool {
					return attr(n, "class") == "field-error" || strings.Contains(attr(n, "class"), "error")
				})
				switch {
				case pg.status >= 500 || pg.status == 0:
					t.Errorf("%s: %d %s", a.name, pg.status, pg.text())
				case pg.status == http.StatusUnprocessableEntity && a.kind != jsonBody && said == nil:
					t.Errorf("%s: refused without a word: %s", a.name, pg.text())
				}
			}
		})
	}
	if log := h.log.String(); strings.Contains(log, "panic") {
		t.Errorf("the log tells of a panic: %s", log)
	}
}

// assault posts a body to the question of a page.
func assault(pg *page, file, kind, body string) *page {
	p := pg.p
	switch kind {
	case jsonBody:
		var now map[string]any
		check(p.t, json.Unmarshal([]byte(p.get(address(file)+"&json=1").body), &now))
		body = fmt.Sprintf(`{"csrf_token": %q, "session": %q, "_question_name": %q, "variables": {%s}}`, now["csrf_token"], now["session"], now["_question_name"], body)
	case formKind:
		f := pg.form()
		hidden := url.Values{}
		for _, v := range f.values {
			if v[0] != ask.Encode("f") {
				hidden.Add(v[0], v[1])
			}
		}
		body = hidden.Encode() + body
	}
	return p.do(http.MethodPost, address(file), kind, []byte(strings.ReplaceAll(body, "F=", ask.Encode("f")+"=")))
}
