package handlers_test

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"colloquy/engine/ports"
)

// places is an interview with a link that acts in every place that a screen
// has: each counts where it was clicked.
const places = `
metadata:
  title: Places
---
features:
  navigation: True
  progress bar: True
---
sections:
  - here: Here
  - there: There
---
objects:
  - things: DAList.using(object_type=Thing, there_are_any=True, complete_attribute='size')
---
initial: True
code: |
  multi_user = True
  menu_items = [action_menu_item('the menu', 'count', where='menu'), action_menu_item('everything', 'review_all')]
---
mandatory: True
code: |
  clicks = []
  nav.set_section('here')
  set_progress(10)
  fruit = 'fig'
  color = 'red'
  things.clear()
  things.append(Thing(name='pot'))
  things[0].size = 1
  things.gathered = True
---
mandatory: True
code: |
  read
  over
---
table: pots
rows: things
columns:
  - Name: row_item
  - Link: |
      '[a table](' + url_action('count', where='table') + ')'
---
question: |
  Clicks: ${ len(clicks) }
subquestion: |
  [text](${ url_action('count', where='text') })

  ${ action_button_html(url_action('count', where='button'), label='a button') }

  <div class="card"><a href="${ url_action('count', where='html') }">HTML</a></div>

  [a question](${ url_ask('fruit') })

  ${ pots }

  [outside](${ interview_url_action('count', where='qr') })

  ${ interview_url_action_as_qr('count', where='qr') }

  ${ interview_url_as_qr() }
fields:
  - note: |
      [a note](${ url_action('count', where='note') })
  - Word: word
    required: False
    help: |
      [field help](${ url_action('count', where='field help') })
    under text: |
      [under a field](${ url_action('count', where='under a field') })
continue button field: read
under: |
  [under](${ url_action('count', where='under') })
right: |
  [right](${ url_action('count', where='right') })
pre: |
  [before](${ url_action('count', where='pre') })
post: |
  [after](${ url_action('count', where='post') })
submit: |
  [above the button](${ url_action('count', where='submit') })
help: |
  [help](${ url_action('count', where='help') })
action buttons:
  - label: an action button
    action: count
    arguments:
      where: action button
attachments:
  - name: Letter
    filename: letter
    content: |
      [a document](${ url_action('count', where='document') })
---
event: count
code: |
  clicks.append(action_argument('where'))
  nav.set_section('there')
  set_progress(10 + len(clicks))
---
event: review_all
question: Review
section: there
review:
  - Change fruit: fruit
    note: It is ${ fruit }
  - Change color: color
    button: It is ${ color }
  - note: |
      [a review](${ url_action('count', where='review') })
---
question: Fruit?
fields:
  - Fruit: fruit
---
question: Color?
fields:
  - Color: color
---
template: letter
subject: A letter
content: |
  Dear Ann, [count this](${ url_action('count', where='mail') }) or [from outside](${ interview_url_action('count', where='outside mail') }).
---
event: write
code: |
  send_email(to='ann@example.org', sender='bob@example.org', template=letter)
---
event: over
question: The end
`

// inPage are the links of the places, by their text, and what each counts.
var inPage = [][2]string{{"text", "text"}, {"a button", "button"}, {"HTML", "html"}, {"a table", "table"}, {"a note", "note"}, {"under a field", "under a field"},
	{"under", "under"}, {"right", "right"}, {"before", "pre"}, {"after", "post"}, {"above the button", "submit"}, {"an action button", "action button"},
	{"a document", "document"}, {"the menu", "menu"}}

// counted gives what was clicked in a session.
func counted(p *person) []string {
	p.t.Helper()
	pg := p.get("/vars?i=" + url.QueryEscape(pkg+":data/questions/places.yml"))
	var v struct{ Variables struct{ Clicks []string } }
	if err := json.Unmarshal([]byte(pg.body), &v); err != nil {
		p.t.Fatalf("%v: %s", err, pg.body)
	}
	return v.Variables.Clicks
}

// Each link is signed, and works when it is followed; changed it does not.
func TestLinksThatActInEveryPlace(t *testing.T) {
	h := open(t, map[string]string{"places.yml": places})
	places := append(slices.Clone(inPage), [2]string{"field help", "field help"}, [2]string{"help", "help"})
	for _, htmx := range []bool{false, true} {
		p := h.visit()
		pg := p.begin("places.yml").wants("Clicks: 0")
		var want []string
		for _, place := range places {
			link := pg.link(place[0])
			if !strings.Contains(link, "_sig=") || strings.HasPrefix(link, "http") != (place[0] == "a document") {
				t.Errorf("the link of %s is %s", place[0], link)
			}
			if got := p.get(strings.Replace(link, "_sig=", "_sig=x", 1)); !htmx && got.status != http.StatusForbidden {
				t.Errorf("the link of %s with another signature: %d", place[0], got.status)
			}
			p.htmx = htmx
			pg = p.get(link).wants(fmt.Sprintf("Clicks: %d", len(want)+1))
			if fragment := !strings.Contains(pg.body, "<html"); fragment != htmx {
				t.Errorf("%s: a fragment: %v", place[0], fragment)
			}
			want = append(want, place[1])
			p.htmx = false
		}
		if got := counted(p); !slices.Equal(got, want) {
			t.Errorf("counted %v, want %v", got, want)
		}
		pg.follow("a question").wants("Fruit?").answer("Fruit", "plum").wants("Clicks: 16")
	}
}

// Rows of a review lead to their questions and back.
func TestLinksOfAReview(t *testing.T) {
	h := open(t, map[string]string{"places.yml": places})
	p := h.visit()
	pg := p.begin("places.yml").wants("Clicks: 0").follow("everything").wants("Review")
	pg = pg.follow("Change fruit").wants("Fruit?").answer("Fruit", "plum").wants("Review")
	pg.follow("Change color").wants("Color?").answer("Color", "blue").wants("Review").follow("a review")
	if got := counted(p); !slices.Equal(got, []string{"review"}) {
		t.Errorf("counted %v", got)
	}
}

// What leaves the page names the server, and works without the page: in mail,
// in QR codes and in documents, for programs without cookies too.
func TestLinksThatLeaveThePage(t *testing.T) {
	h := open(t, map[string]string{"places.yml": places})
	p := h.visit()
	pg := p.begin("places.yml").wants("Clicks: 0")
	stranger := h.visit()
	stranger.web.Jar, stranger.extra = nil, map[string]string{"User-Agent": "curl/8.5.0"}
	follow := func(what, link string) {
		t.Helper()
		before := len(counted(p))
		if !strings.HasPrefix(link, h.root+"/") {
			t.Errorf("the link of %s is %q", what, link)
			return
		}
		stranger.single(http.MethodGet, link, nil)
		if now := counted(p); len(now) != before+1 {
			t.Errorf("the link of %s counts %v", what, now)
		}
	}
	follow("a document", pg.link("a document"))
	codes := regexp.MustCompile(`aria-label="A QR code that goes to ([^"]*)"`).FindAllStringSubmatch(pg.body, -1)
	if len(codes) != 2 {
		t.Fatalf("%d QR codes", len(codes))
	}
	follow("a QR code", html.UnescapeString(codes[0][1]))
	h.visit().get(html.UnescapeString(codes[1][1])).wants("Clicks: 2")

	action, err := url.Parse(pg.link("text"))
	check(t, err)
	call := callOf(pg, "text")
	call.Set("_action", encode(`{"action": "write", "arguments": {}}`))
	p.single(http.MethodPost, address("places.yml")+"&session="+action.Query().Get("session"), call)
	for what, link := range h.mailed() {
		follow("a mail: "+what, link)
	}
}

// mailed gives the links of the one mail that was asked for, by their texts.
func (h *house) mailed() map[string]string {
	h.t.Helper()
	keys := column(h.t, h.db, "select key from effects")
	if len(keys) != 1 {
		h.t.Fatalf("%d mails", len(keys))
	}
	e := must(h.store.ClaimEffect(h.t.Context(), keys[0], time.Now(), time.Minute))(h.t)
	m := must(ports.DecodeMail(must(h.runner.OpenEffect(e))(h.t)))(h.t)
	links := map[string]string{}
	for _, l := range regexp.MustCompile(`<a [^>]*href="([^"]*)"[^>]*>([^<]*)</a>`).FindAllStringSubmatch(m.HTML, -1) {
		links[l[2]] = html.UnescapeString(l[1])
	}
	if len(links) != 2 {
		h.t.Fatalf("the mail has the links %v: %s", links, m.HTML)
	}
	for _, link := range links {
		if !strings.Contains(m.Text, "("+link+")") {
			h.t.Errorf("the mail's text does not have %s: %s", link, m.Text)
		}
	}
	return links
}

// In a browser each of the links replaces the question and nothing else; scroll,
// focus, title, progress and sections follow, and so does the address.
func TestLinksReplaceTheQuestionOnly(t *testing.T) {
	h := open(t, map[string]string{"places.yml": places})
	w := h.walk(true)
	w.open(address("places.yml") + "&new_session=1").wants("Clicks: 0")
	w.see(mark + " = 'same'")
	w.until("text(document.querySelector('#sections [aria-current]'))", "Here")
	const bar = "document.querySelector('[role=progressbar]').getAttribute('aria-valuenow')"
	progress := number(t, w.see(bar))
	for n, place := range inPage {
		if opener := map[string]string{"the menu": "Menu", "a document": "Preview"}[place[0]]; opener != "" {
			w.press(opener)
		}
		w.press(place[0]).wants(fmt.Sprintf("Clicks: %d", n+1))
		w.until("document.activeElement.id + ' ' + window.scrollY", "daMainQuestion 0")
		if got := w.see(mark + " + ' ' + document.querySelectorAll('section#question').length"); got != "same 1" {
			t.Fatalf("after %s: %s", place[0], got)
		}
		if now := number(t, w.see(bar)); now <= progress {
			t.Errorf("after %s the progress is %v, and was %v", place[0], now, progress)
		} else {
			progress = now
		}
	}
	w.until("text(document.querySelector('#sections [aria-current]'))", "There")
	w.press("Help")
	w.press("help").wants(fmt.Sprintf("Clicks: %d", len(inPage)+1))
	if got := w.see("document.title + ' ' + " + mark); got != "Places same" {
		t.Errorf("title and mark: %s", got)
	}
	if got := w.see("new URLSearchParams(location.search).has('action') + ' ' + new URLSearchParams(location.search).get('_step')"); got != fmt.Sprintf("false %d", len(inPage)+2) {
		t.Errorf("the address says %s", got)
	}
	w.back().wants(fmt.Sprintf("Clicks: %d", len(inPage)))
	if got := w.see("text(document.getElementById('flash'))"); !strings.Contains(got, "earlier step") {
		t.Errorf("the notice is %q", got)
	}
	w.press("Back to question") // that is where the browser was
	w.press("text").wants(fmt.Sprintf("Clicks: %d", len(inPage)+2))
}

// slow is a server before the house that answers late, and counts what it is
// asked for.
type slow struct {
	*house
	asked atomic.Int64
	delay atomic.Int64 // nanoseconds
}

func slowly(h *house) *slow {
	h.t.Helper()
	s := &slow{house: h.in(h.t)}
	target := must(url.Parse(h.root))(h.t)
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = r.In.Host }}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/interview") {
			proxy.ServeHTTP(w, r)
			return
		}
		s.asked.Add(1)
		late := httptest.NewRecorder() // nothing of the answer is seen before its time
		proxy.ServeHTTP(late, r)
		time.Sleep(time.Duration(s.delay.Load()))
		maps.Copy(w.Header(), late.Header())
		w.WriteHeader(late.Code)
		_, _ = w.Write(late.Body.Bytes()) // unless the browser has gone
	}))
	h.t.Cleanup(front.Close)
	s.root = front.URL
	return s
}

const once = `
mandatory: True
code: |
  clicks = 0
  notes = []
---
mandatory: True
code: |
  note
  notes.append(note)
  del note
  note
---
question: "Clicks: ${ clicks }, notes: ${ len(notes) }"
subquestion: |
  [One more](${ url_action('more') })
fields:
  - Note: note
---
event: more
code: |
  clicks += 1
`

// On a slow network a double click on a link, on the form's button or on Back
// does its work once, with and without scripts.
func TestDoubleClicksOnASlowNetwork(t *testing.T) {
	h := open(t, map[string]string{"once.yml": once})
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			s := slowly(h.in(t))
			w := s.walk(scripts)
			w.open(address("once.yml") + "&new_session=1").wants("Clicks: 0, notes: 0")
			s.delay.Store(int64(700 * time.Millisecond))
			twice := func(element string) {
				t.Helper()
				x, y, _ := strings.Cut(w.see("place("+element+")"), " ")
				for range 2 {
					w.do(chromedp.MouseClickXY(number(t, x), number(t, y)))
					time.Sleep(80 * time.Millisecond)
				}
			}
			before := s.asked.Load()
			twice(`thing("One more")`)
			w.wants("Clicks: 1, notes: 0")
			if n := s.asked.Load() - before; scripts && n != 1 {
				t.Errorf("%d requests for a double click", n)
			}
			w.write("Note", "a")
			twice(`thing("Continue")`)
			w.wants("Clicks: 1, notes: 1")
			s.delay.Store(0)
			w.press("One more").wants("Clicks: 2, notes: 1")
			s.delay.Store(int64(700 * time.Millisecond))
			twice(`thing("Back")`)
			w.wants("Clicks: 1, notes: 1")
			s.delay.Store(0)
			w.open(address("once.yml")).wants("Clicks: 1, notes: 1") // what the server says now
		})
	}
}

// A request whose answer is lost can be made again: it is done once.
func TestALostAnswerIsAskedForAgain(t *testing.T) {
	h := open(t, map[string]string{"once.yml": once})
	p := h.visit()
	pg := p.begin("once.yml").wants("Clicks: 0, notes: 0")
	for range 3 {
		p.get(pg.link("One more")).wants("Clicks: 1, notes: 0")
	}
	pg = p.get(address("once.yml"))
	f := pg.form("Note", "a")
	f.press(pg, "")
	for range 3 {
		p.send(f).wants("Clicks: 1, notes: 1")
	}
}
