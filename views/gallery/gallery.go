package gallery

import (
	"github.com/a-h/templ"

	"colloquy/engine/screen"
	"colloquy/views"
	"colloquy/views/question"
)

// An Entry is one page of the gallery.
type Entry struct {
	Name  string // part of its address
	Title string
	Draw  func(views.Assets) templ.Component
}

// Entries lists the gallery.
func Entries() []Entry {
	var all []Entry
	for _, c := range allScreens() {
		all = append(all, Entry{c.name, c.title, func(a views.Assets) templ.Component { return question.Page(c.screen, a) }})
	}
	return append(all, pages()...)
}

// allScreens lists the screens of interviews; what follows them are pages of
// the server's own.
func allScreens() []canned { return append(screens(), stateScreens()...) }

// Find returns the entry of that name.
func Find(name string) (Entry, bool) {
	for _, e := range Entries() {
		if e.Name == name {
			return e, true
		}
	}
	return Entry{}, false
}

// Index is the page that leads to the entries, which lie under base.
func Index(a views.Assets, base string) templ.Component {
	g := views.Group{}
	for _, e := range Entries() {
		g.Cards = append(g.Cards, views.Card{Title: e.Title, URL: base + "/" + e.Name, Button: "Look"})
	}
	return views.ListPage(&views.Listing{Frame: plainFrame(a, "Gallery"), Heading: "Gallery", Intro: "Every component in every state.", Groups: []views.Group{g}})
}

func plainFrame(a views.Assets, title string) views.Frame {
	return views.Frame{Assets: a, Tab: title, Bar: views.Bar{Title: "Colloquy", TitleURL: "/"}}
}

type canned struct {
	name, title string
	screen      *screen.Screen
}

// base is a screen as most are.
func base(kind screen.Kind, question string) *screen.Screen {
	p := 40.0
	return &screen.Screen{
		Kind: kind, Lang: "en", Language: "*", Question: screen.HTML(question), QuestionText: question,
		Session: screen.Session{URL: "/interview?i=gallery", Interview: "gallery", ID: "gallery", Step: 3, Steps: 3, Tracker: 4, CSRF: "token", Once: "once"},
		Block:   screen.Block{Name: "gallery"},
		Page: screen.Page{Title: "Garden planner", ShortTitle: "Garden", AllowBack: true, CornerBack: true, Progress: &p, ShowProgress: true,
			Menu: []screen.MenuItem{{Text: "Start over", URL: "/interview?i=gallery&reset=1"}, {Text: "About this interview", URL: "/about", NewWindow: true}}},
	}
}

// Screen returns the canned screen of that name, or nil; it is the caller's.
func Screen(name string) *screen.Screen {
	for _, c := range allScreens() {
		if c.name == name {
			return c.screen
		}
	}
	return nil
}
