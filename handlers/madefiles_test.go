package handlers_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const stock = `
objects:
  - tools: DAList.using(object_type=Thing, there_are_any=True)
  - note: DAFile
---
question: Which tool?
fields:
  - Name: tools[i].name.text
  - Price: tools[i].price
    datatype: currency
---
question: Another?
yesno: tools.there_is_another
---
table: stock
rows: tools
columns:
  - Tool: row_item.name.text
  - Price: row_item.price
---
code: |
  tools.gather()
  files = [stock.export('stock.xlsx', title='Stock'), stock.export('stock.csv')]
---
sets: note.initialized
code: |
  tools.gather()
  note.initialize(filename='Nöte.md', content='We have *' + str(tools.number()) + '* tools.')
---
mandatory: True
question: Files
subquestion: |
  [Workbook](${ files[0].url_for() }) [Values](${ files[1].url_for(attachment=True) }) [Note](${ note.url_for() })

  ${ files[0] }

  ${ note.show() }
`

// Files that code makes, tables exported among them, are kept with the session
// and have an address, under which they are downloaded by their name.
func TestFilesMadeByCode(t *testing.T) {
	h := open(t, map[string]string{"stock.yml": stock})
	p := h.visit()
	pg := p.begin("stock.yml").answer("Name", "=1+1", "Price", "2.50").press("Yes").answer("Name", "saw", "Price", "7").press("No").wants("Files")
	if !strings.Contains(pg.text(), "We have 2 tools.") || !strings.Contains(pg.text(), "stock.xlsx") {
		t.Errorf("the page says %q", pg.text())
	}
	values := pg.follow("Values")
	if got, want := values.body, "Tool,Price\n=1+1,2.5\nsaw,7\n"; got != want {
		t.Errorf("csv %q, want %q", got, want)
	}
	for name, want := range map[string]string{"Values": `attachment; filename=stock.csv`, "Workbook": `attachment; filename=stock.xlsx`,
		"stock.xlsx": `attachment; filename=stock.xlsx`, "Note": `attachment; filename*=utf-8''N%C3%B6te.md`} {
		got := pg.follow(name)
		if d := got.header.Get("Content-Disposition"); got.status != http.StatusOK || d != want {
			t.Errorf("%s: %d %q, want %q", name, got.status, d, want)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(pg.follow("Workbook").body)))
	check(t, err)
	defer book.Close()
	rows := must(book.GetRows("Stock"))(t)
	if len(rows) != 3 || rows[0][0] != "Tool" || rows[1][0] != "=1+1" || rows[1][1] != "2.5" {
		t.Errorf("the workbook has %q", rows)
	}
	if f := must(book.GetCellFormula("Stock", "A2"))(t); f != "" {
		t.Errorf("an answer became the formula %q", f)
	}
	if got := h.visit().get(pg.link("Workbook")); got.status != http.StatusForbidden {
		t.Errorf("a stranger gets %d", got.status)
	}
}
