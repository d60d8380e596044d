package handlers_test

import (
	"encoding/base64"
	"strings"
	"testing"
)

const plants = `
objects:
  - plants: DAList.using(object_type=Thing, auto_gather=False, gathered=True)
  - others: DAList.using(object_type=Thing, auto_gather=False, gathered=True)
---
mandatory: True
code: |
  plants, others
  for name in ['aster', 'beet', 'clover']:
    plants.appendObject().name.text = name
    others.appendObject().name.text = name
---
mandatory: True
code: |
  looked
  board
---
question: In order?
subquestion: |
  ${ plants.table }

  [${ plants } / ${ others }]

  [Fewer](${ url_action('fewer') })
fields:
  - Note: looked
---
table: plants.table
rows: plants
columns:
  - Plant: row_item.name.text
edit:
  - name.text
allow reordering: True
---
event: fewer
code: |
  plants.pop()
---
event: board
question: Done
subquestion: |
  [${ plants } / ${ others }] [${ plants[0].instanceName.replace('[0]', '.0') } ${ plants[0].name.text }]
`

// The order in which a script puts the rows of a table comes with the form,
// and counts for the tables that were there to be put in order.
func TestOrderOfRowsComesWithTheForm(t *testing.T) {
	h := open(t, map[string]string{"plants.yml": plants})
	encode := func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) }
	table := func(name, changes string) string {
		return encode(`[{"table": "` + encode(name) + `", "changes": ` + changes + `}]`)
	}
	asked := "aster, beet, and clover / aster, beet, and clover"
	for _, tt := range []struct {
		name, posted, says string
		fewer              bool
	}{
		{"nothing", "", asked + "; plants.0 aster", false},
		{"no change", encode("[]"), asked + "; plants.0 aster", false},
		{"two change places", table("plants", "[[0, 1], [1, 0]]"), "beet, aster, and clover / aster, beet, and clover; plants.0 beet", false},
		{"all go round", table("plants", "[[0, 2], [1, 0], [2, 1]]"), "beet, clover, and aster / aster, beet, and clover; plants.0 beet", false},
		{"a row that is gone meanwhile", table("plants", "[[0, 2], [2, 0]]"), "aster and beet / aster, beet, and clover; plants.0 aster", true},
		{"a table that is not shown", table("others", "[[0, 1], [1, 0]]"), "", false},
		{"what is no table", table("_internal", "[[0, 1], [1, 0]]"), "", false},
		{"a row twice", table("plants", "[[0, 1], [1, 1]]"), "", false},
		{"a row below all", table("plants", "[[-1, 0], [0, -1]]"), "", false},
		{"other places", table("plants", "[[0, 1]]"), "", false},
		{"no JSON", encode("[{"), "", false},
		{"no base64", "%%%", "", false},
		{"other types", encode(`[{"table": 5}]`), "", false},
	} {
		p := h.visit()
		pg := p.begin("plants.yml").wants("In order?").says(asked)
		f := pg.form("Note", "x")
		if tt.fewer {
			pg.follow("Fewer").wants("In order?").says("aster and beet / aster, beet, and clover")
		}
		f.set("_order_changes", tt.posted)
		got := p.send(f)
		if tt.says == "" && (got.status != 400 || !strings.Contains(got.text(), "could not read your answer")) || tt.says != "" && said(got) != tt.says {
			t.Errorf("%s: %d %q, want %q %v", tt.name, got.status, said(got), tt.says, got.text())
		}
		if tt.says == "" {
			p.get(address("plants.yml")).wants("In order?").says(asked)
		}
	}
}

// Where there are no scripts the buttons of a table are links that move a row.
func TestRowsMoveByLinks(t *testing.T) {
	h := open(t, map[string]string{"plants.yml": plants})
	p := h.visit()
	pg := p.begin("plants.yml").wants("In order?")
	move := func(pg *page, class string, row int) *page {
		for _, a := range all(pg.doc, "a") {
			if strings.Contains(attr(a, "class"), class) {
				if row == 0 {
					return p.get(attr(a, "href"))
				}
				row--
			}
		}
		t.Fatalf("no button %s", class)
		return nil
	}
	rest := " / aster, beet, and clover"
	pg = move(pg, "databledown", 0).wants("In order?").says("beet, aster, and clover" + rest)
	pg = move(pg, "datableup", 2).wants("In order?").says("beet, clover, and aster" + rest)
	pg = move(pg, "datableup", 0).wants("In order?").says("beet, clover, and aster" + rest)   // it is the first
	pg = move(pg, "databledown", 2).wants("In order?").says("beet, clover, and aster" + rest) // it is the last
	pg.back().says("beet, aster, and clover" + rest)                                          // what moved nothing was no step
	p.get(address("plants.yml")).answer("Note", "x").wants("Done").says("beet, aster, and clover" + rest + "; plants.0 beet")
}
