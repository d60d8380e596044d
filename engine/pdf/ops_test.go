package pdf

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func mustPages(t *testing.T, data []byte) int {
	t.Helper()
	n, err := Pages(data)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestJoin(t *testing.T) {
	one, _, err := Fill(testForm(), []Answer{{Name: "full name", Text: "Ann"}}, FormOptions{})
	if err != nil {
		t.Fatal(err)
	}
	two, _, err := Fill(testForm(), []Answer{{Name: "full name", Text: "Bob"}}, FormOptions{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := Join([][]byte{one, blank(), two}, Passwords{})
	if err != nil {
		t.Fatal(err)
	}
	if n := mustPages(t, out); n != 5 {
		t.Errorf("%d pages, want 5", n)
	}
	got := values(t, out)
	if got["full name"] != "Ann" || got["full name_3"] != "Bob" || got["child.name"] != "" {
		t.Errorf("values %q", got)
	}
	again, err := Join([][]byte{one, blank(), two}, Passwords{})
	if err != nil || !bytes.Equal(out, again) {
		t.Errorf("two runs give other bytes, %v", err)
	}
	locked, err := Join([][]byte{blank()}, Passwords{User: "x"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Join([][]byte{one, locked}, Passwords{}); err == nil || !strings.HasPrefix(err.Error(), "file 2: ") {
		t.Errorf("Join() of a file with a password: %v", err)
	}
}

func TestExtract(t *testing.T) {
	out, err := Extract(testForm(), 2, 9)
	if err != nil {
		t.Fatal(err)
	}
	if n := mustPages(t, out); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
	var names []string
	for name := range values(t, out) {
		names = append(names, name)
	}
	slices.Sort(names)
	if want := []string{"child.bare", "child.name", "name"}; !slices.Equal(names, want) {
		t.Errorf("fields %q, want %q", names, want)
	}
	for _, r := range [][2]int{{0, 1}, {2, 1}, {3, 4}} {
		if _, err := Extract(testForm(), r[0], r[1]); err == nil {
			t.Errorf("Extract(%v) succeeds", r)
		}
	}
}

// overlaid lists the pages of a file on which something lies.
func overlaid(t *testing.T, data []byte) (out []int) {
	t.Helper()
	f, err := open(data, "")
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range f.pages {
		if f.dict(f.dict(p.dict["Resources"])["XObject"])["Overlay"] != nil {
			out = append(out, i+1)
		}
	}
	return out
}

func TestOverlay(t *testing.T) {
	four, err := Join([][]byte{testForm(), testForm()}, Passwords{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		o    OverlayOptions
		want []int
	}{
		{"all", OverlayOptions{}, []int{1, 2, 3, 4}},
		{"some", OverlayOptions{First: 2, Last: 3}, []int{2, 3}},
		{"too many", OverlayOptions{First: 3, Last: 9}, []int{3, 4}},
		{"even", OverlayOptions{Only: "even"}, []int{2, 4}},
		{"odd", OverlayOptions{Only: "odd"}, []int{1, 3}},
		{"page by page", OverlayOptions{Multi: true}, []int{1, 2, 3, 4}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, err := Overlay(four, testForm(), tt.o)
			if err != nil {
				t.Fatal(err)
			}
			if got := overlaid(t, out); !slices.Equal(got, tt.want) {
				t.Errorf("over pages %v, want %v", got, tt.want)
			}
		})
	}
	if _, err := Overlay(four, four, OverlayOptions{Only: "most"}); err == nil {
		t.Error("only: most is accepted")
	}
}

func TestNumber(t *testing.T) {
	for area, ok := range map[string]bool{"BOTTOM_RIGHT": true, "BOTTOM_LEFT": true, "TOP_RIGHT": true, "TOP_LEFT": true, "MIDDLE": false} {
		out, next, err := Number(testForm(), NumberOptions{Prefix: "AB", Digits: 4, Start: 7, Area: area, Size: 10, Horizontal: 15, Vertical: 15})
		if (err == nil) != ok {
			t.Errorf("Number(%s): %v", area, err)
		}
		if !ok {
			continue
		}
		if next != 9 {
			t.Errorf("next = %d, want 9", next)
		}
		f, err := open(out, "")
		if err != nil {
			t.Fatal(err)
		}
		content := ""
		for _, o := range f.array(f.pages[1].dict["Contents"]) {
			content += string(f.content(o))
		}
		if !strings.Contains(content, "<414230303038>") {
			t.Errorf("%s: page 2 draws %q", area, content)
		}
	}
}

func TestFromImage(t *testing.T) {
	out, err := FromImage(testImage(t))
	if err != nil {
		t.Fatal(err)
	}
	f, err := open(out, "")
	if err != nil {
		t.Fatal(err)
	}
	if b := f.box(f.pages[0]); b != (rect{0, 0, 45, 30}) {
		t.Errorf("page of %v", b)
	}
}
