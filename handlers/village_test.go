package handlers_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

const inVillage = 200 // people, with five tools each

// A villager answers the questions about people one after another.
type villager struct {
	pg *page
	n  int // the person asked about
	at int // the screen of that person, of seven
}

func (v *villager) step() time.Duration {
	v.pg.p.t.Helper()
	began := time.Now()
	switch {
	case v.at == 0:
		v.pg = v.pg.wants(fmt.Sprintf("Who is person %d?", v.n)).answer("First name", fmt.Sprintf("Ann%d", v.n), "Last name", "Miller")
	case v.at < 6:
		v.pg = v.pg.answer("Tool", fmt.Sprintf("tool %d of %d", v.at, v.n))
	default:
		v.pg = v.pg.wants(fmt.Sprintf("Is there anybody besides %d people?", v.n)).press("Yes")
		v.n++
	}
	v.at = (v.at + 1) % 7
	return time.Since(began)
}

// meet goes on until a person has been asked about, and says whether there is
// anybody else.
func (v *villager) meet(n int) {
	v.pg.p.t.Helper()
	for v.n < n || v.at < 6 {
		v.step()
	}
}

func median(d []time.Duration) time.Duration {
	d = slices.Sorted(slices.Values(d))
	return d[len(d)/2]
}

func village(t testing.TB, h *house) *villager {
	p := h.visit()
	pg := p.begin("village.yml")
	p.htmx = true
	return &villager{pg: pg, n: 1}
}

func villageHouse(t testing.TB) *house {
	return open(t, map[string]string{"village.yml": string(must(os.ReadFile("../engine/transcript/testdata/large/village.yml"))(t))})
}

// stored is how many bytes the steps of a session take.
func (h *house) stored(t testing.TB) (bytes int) {
	check(t, h.db.QueryRowContext(t.Context(), "select sum(length(state) + length(input)) from steps").Scan(&bytes))
	return bytes
}

// A list of 200 people with five tools each is gathered, edited, put in order
// and made shorter again; neither the time of a step nor what it stores grows
// with the list as the list does.
func TestAVillageOfTwoHundred(t *testing.T) {
	if testing.Short() {
		t.Skip("1,400 steps")
	}
	h := villageHouse(t)
	large := village(t, h)
	large.meet(inVillage / 2)
	first := h.stored(t)
	large.meet(inVillage - 5)
	// What is measured is measured side by side, whatever else the machine does.
	var young, old []time.Duration
	other := villageHouse(t)
	small := village(t, other)
	small.meet(1)
	for large.n < inVillage || large.at < 6 {
		young, old = append(young, small.step()), append(old, large.step())
	}
	second := h.stored(t) - first
	t.Logf("%d steps; a step takes %v at the second person, %v at the last", h.count("steps"), median(young), median(old))
	t.Logf("stored for a step: %d bytes for the first half, %d for the second", first/700, second/700)
	if second > first*3/2 {
		t.Errorf("the second hundred people took %d bytes, the first %d", second, first)
	}
	if median(old) > 3*median(young) {
		t.Errorf("a step takes %v at person 200, %v at person 2", median(old), median(young))
	}
	changes(t, large.pg.press("No").wants("A village of 200 people"))
}

// changes edits, moves and deletes people by the buttons of the table.
func changes(t *testing.T, pg *page) {
	t.Helper()
	row := func(pg *page, n int) string { return strings.Join(cells(pg, n), " | ") }
	if got, want := row(pg, 200), "Ann200 Miller | tool 1 of 200, tool 2 of 200, tool 3 of 200, tool 4 of 200, and tool 5 of 200"; got != want {
		t.Errorf("the last row is %q, want %q", got, want)
	}
	button := func(pg *page, n int, class string) *page {
		t.Helper()
		for _, a := range all(rowOf(pg, n), "a") {
			if strings.Contains(attr(a, "class"), class) {
				return pg.p.get(attr(a, "href"))
			}
		}
		t.Fatalf("row %d has no button %s", n, class)
		return nil
	}
	named := func(pg *page, name string) *page {
		t.Helper()
		for _, a := range all(rowOf(pg, 150), "a") {
			if text(a) == name {
				return pg.p.get(attr(a, "href"))
			}
		}
		t.Fatalf("row 150 has no button %s", name)
		return nil
	}
	pg = named(pg, "Edit").wants("Who is person 150?").answer("First name", "Zoe").wants("What is the first tool of Zoe Miller?").
		answer("Tool", "saw").wants("A village of 200 people")
	if got, want := row(pg, 150), "Zoe Miller | saw, tool 2 of 150, tool 3 of 150, tool 4 of 150, and tool 5 of 150"; got != want {
		t.Errorf("after editing row 150 is %q, want %q", got, want)
	}
	pg = button(pg, 150, "datableup").wants("A village of 200 people")
	if got := row(pg, 149); !strings.HasPrefix(got, "Zoe Miller | saw") {
		t.Errorf("after moving up row 149 is %q", got)
	}
	pg = named(pg, "Delete").wants("A village of 199 people") // who was above her
	if got := row(pg, 149) + row(pg, 150); !strings.Contains(got, "Zoe") || !strings.Contains(got, "Ann151 ") {
		t.Errorf("after deleting rows 149 and 150 are %q", got)
	}
	pg = pg.follow("Add a person").wants("Who is person 200?").answer("First name", "Yan", "Last name", "Li").wants("What is the first tool of Yan Li?")
	for tool := range 5 {
		pg = pg.answer("Tool", fmt.Sprint(tool))
	}
	if got, want := row(pg.wants("A village of 200 people"), 200), "Yan Li | 0, 1, 2, 3, and 4"; got != want {
		t.Errorf("who was added is %q, want %q", got, want)
	}
}

// rowOf is the nth row of the table below its heads.
func rowOf(pg *page, n int) *html.Node {
	pg.p.t.Helper()
	rows := all(pg.doc, "tr")
	if n >= len(rows) {
		pg.p.t.Fatalf("there are %d rows, not %d", len(rows)-1, n)
	}
	return rows[n]
}

// cells are the texts of a row, its buttons apart.
func cells(pg *page, n int) (texts []string) {
	for _, td := range all(rowOf(pg, n), "td") {
		if len(all(td, "a")) == 0 {
			texts = append(texts, text(td))
		}
	}
	return texts
}
