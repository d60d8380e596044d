package handlers_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"colloquy/engine/config"
)

func offered(title, more string) string {
	return "metadata:\n  title: " + title + "\n" + more + "---\nmandatory: True\nquestion: " + title + "\n"
}

var menus = map[string]string{
	"bean.yml": offered("Bean", "  subtitle: A climber\n  tags: [pod, food]\n"), "apple.yml": offered("Apple", "  tags:\n    - food\n"),
	"hidden.yml": offered("Hidden", "  unlisted: True\n"), "staff.yml": offered("Staff", "  required privileges: [admin]\n"),
	"open.yml": offered("Open", "  required privileges: [admin]\n  required privileges for listing: [anonymous]\n"), "broken.yml": "question: [\n",
	"menu.yml": "mandatory: True\nquestion: Menu\nsubquestion: |\n" +
		"  [${ ' '.join(i['title'] + '=' + i['link'] for i in interview_menu()) }]\n" +
		"  [${ ' '.join(i['link'] for i in interview_menu(start_new=True, absolute_urls=True, tag='pod')) }]\n" +
		"  [${ interview_menu(tag='pod')[0]['metadata']['subtitle'] }]\n",
}

func offering(t *testing.T, options ...option) *house {
	t.Helper()
	for _, name := range []string{"staff", "hidden", "bean", "open", "broken", "apple"} {
		options = append(options, dispatch(name, name+".yml"))
	}
	return open(t, menus, options...)
}

// What is offered is listed by its short address: by page, to programs, to
// pages of other sites, and to interviews.
func TestListOfInterviews(t *testing.T) {
	h := offering(t)
	p := h.visit()
	titles := func(pg *page) string {
		var out []string
		for _, n := range all(pg.doc, "a") {
			if strings.Contains(attr(n, "href"), "/start/") && text(n) != "" && text(n) != "Start" && text(n) != "Show" {
				out = append(out, text(n))
			}
		}
		return strings.Join(out, "; ")
	}
	broken := pkg + ":data/questions/broken.yml"
	if got := titles(p.get("/list")); got != "Apple; Bean; "+broken+"; Open" {
		t.Errorf("the list is %s", got)
	}
	if got := titles(p.get("/list?tag=food")); got != "Apple; Bean" {
		t.Errorf("what is tagged food is %s", got)
	}
	pg := p.get("/list?embedded=1")
	if got := titles(pg); got != "Apple; Bean; "+broken+"; Open" || pg.header.Get("Access-Control-Allow-Origin") != "*" || strings.Contains(pg.body, "<html") ||
		!strings.Contains(pg.body, `<ul class="dastart">`) || !strings.Contains(pg.body, `href="`+h.root+`/start/apple/"`) {
		t.Errorf("for other sites it is %s: %s", got, pg.body)
	}
	if n := first(pg.doc, func(n *html.Node) bool { return attr(n, "class") == "dainterviewhaserror" }); text(n) != broken {
		t.Errorf("what does not load is not marked: %s", pg.body)
	}
	var menu struct {
		Action     string
		Interviews []map[string]any
	}
	if err := json.Unmarshal([]byte(p.get("/list?json=1&tag=pod").body), &menu); err != nil || menu.Action != "menu" || len(menu.Interviews) != 1 {
		t.Fatalf("for programs it is %+v (%v)", menu, err)
	}
	got, _ := json.Marshal(menu.Interviews[0])
	want := `{"filename":"` + pkg + `:data/questions/bean.yml","link":"/start/bean/","metadata":{"subtitle":"A climber","tags":["pod","food"],"title":"Bean"},` +
		`"package":"` + pkg + `","status_class":null,"subtitle":"A climber","subtitle_class":null,"tags":["pod","food"],"title":"Bean"}`
	if string(got) != want {
		t.Errorf("an interview is\n%s, want\n%s", got, want)
	}
	p.get("/start/apple/").wants("Apple")
	p.begin("menu.yml").says("Apple=/run/apple/ Bean=/run/bean/ " + broken + "=/run/broken/ Open=/run/open/; " + h.root + "/start/bean/; A climber")
}

// What takes the place of the list.
func TestInsteadOfTheList(t *testing.T) {
	h := offering(t, set(func(c *config.Config) { c.DispatchInterview = pkg + ":data/questions/menu.yml" }))
	pg := h.visit().get("/list?tag=pod").wants("Menu")
	if want := (url.Values{"i": {pkg + ":data/questions/menu.yml"}, "from_list": {"1"}, "tag": {"pod"}}); pg.url.RawQuery != want.Encode() {
		t.Errorf("the list leads to %s", pg.url)
	}
	h = open(t, menus, standard("apple.yml"))
	h.visit().get("/list").wants("Apple") // nothing is offered but the default
}
