package handlers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// mirror shows what was typed at every place where text is shown.
const mirror = `
mandatory: True
code: |
  typed
  again
  end
---
question: Type
fields:
  - Typed: typed
    input type: area
---
template: note
subject: Note of ${ typed }
content: |
  Dear ${ typed }
---
table: board
rows: "[{'a': typed}, {'a': typed.upper()}]"
columns:
  - ${ typed }: row_item['a']
  - Short: row_item['a'][:40]
---
question: |
  You typed ${ typed }
subquestion: |
  ${ typed }

  * in a list ${ typed }

  **${ typed }** and [${ typed }](https://example.com/?q=${ typed })

  ${ note }

  ${ board }

  ${ typed.strip().lower() + ' joined ' + ', '.join([typed, typed]) }

  <span title="${ typed }">attribute</span>
under: |
  ${ typed }
help: |
  ${ typed }
fields:
  - "${ typed }": again
    hint: ${ typed }
    help: ${ typed }
    default: ${ typed }
  - Choose: chosen
    input type: radio
    choices:
      - code: |
          [typed, 'other']
    required: False
  - note: |
      ${ typed }
  - html: |
      <b>${ typed }</b>
---
event: end
question: |
  End ${ again }
subquestion: |
  % for line in typed.splitlines():
  ${ line }
  % endfor
  ${ (typed + 'ZQ').replace('ZQ', '<i>') }
buttons:
  - "${ typed[:20] }": restart
`

// nasty are texts that would be markup if they were taken for it.
var nasty = []string{
	`<script>window.got = 1</script>`,
	`<img src=x onerror="got=1">`,
	`"><svg onload=got=1>`,
	`' onmouseover='got=1`,
	`</textarea><script>got=1</script>`,
	`</title></head><body onload=got=1>`,
	`[click](javascript:got=1)`,
	`![x](https://evil.example/x.png)`,
	`[FILE secret.png]`,
	`# heading`,
	"```\n<b>code</b>\n```",
	"<b>bold</b> **bold** _em_ `code`",
	`${ typed } % if True: <% got = 1 %>`,
	"% for x in y:\n${ 1 }\n% endfor",
	`&lt;script&gt; &#60;b&#62; &amp;`,
	"<scr\x00ipt>got=1</script>",
	"<!-- comment --> <!DOCTYPE html> <?php ?>",
	"<a href=\"https://evil.example\">here</a> https://evil.example/ <https://evil.example>",
	"| a | b |\n|---|---|\n| c | d |",
	":heart: :lock: [TARGET x] [FIELD again] [BR] [CENTER] c",
	"{ \"a\": 1 } {{ x }} {% y %}",
	"\u202e<b>\u2028</b>\ufeff",
	"line one\n\n    <b>indented</b>\n\n> quote\n\n1. one\n2. two",
	`<iframe src="https://evil.example"></iframe><object data=x><embed src=x><form action=x><input name=x>`,
	`<style>body{display:none}</style><link rel=stylesheet href=x><meta http-equiv=refresh content=0><base href=x>`,
}

// What a person types is text wherever it appears: the page has the same
// elements and attributes as with a harmless text.
func TestWhatPeopleTypeIsNeverMarkup(t *testing.T) {
	h := open(t, map[string]string{"mirror.yml": mirror})
	plain, plainEnd := shapes(t, h, "harmless")
	for i, typed := range nasty {
		t.Run(fmt.Sprintf("text %d", i), func(t *testing.T) {
			got, end := shapes(t, h, typed)
			differ(t, plain, got, typed)
			differ(t, plainEnd, end, typed)
		})
	}
}

// shapes gives the elements of the screens after this was typed.
func shapes(t *testing.T, h *house, typed string) (screen, end []string) {
	t.Helper()
	pg := h.visit().begin("mirror.yml").answer("Typed", typed)
	if byID(pg.doc, "daform") == nil {
		t.Fatalf("no form: %d %s\n%s", pg.status, pg.text(), pg.trouble())
	}
	if shown := strings.Join(strings.Fields(strings.ReplaceAll(typed, "\x00", "")), " "); !strings.Contains(shown, "FIELD") && !strings.Contains(pg.heading(), firstLine(shown)) {
		t.Errorf("the heading is %q", pg.heading())
	}
	last := pg.p.send(pg.form())
	return elements(t, pg), elements(t, last)
}

func firstLine(s string) string { s, _, _ = strings.Cut(s, "\n"); return s }

// elements lists elements with the names of their attributes. Breaks between
// lines may come from the line breaks in a text.
func elements(t *testing.T, pg *page) []string {
	t.Helper()
	var all []string
	for n := range pg.doc.Descendants() {
		if n.Type != html.ElementNode || n.Data == "br" {
			continue
		}
		s := n.Data
		for _, a := range n.Attr {
			s += " " + a.Key
			low := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(low, "javascript:") || (a.Key == "href" || a.Key == "src" || a.Key == "action") && strings.Contains(low, "evil.example") && !strings.HasPrefix(low, "https://example.com/") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		all = append(all, s)
	}
	return all
}

func differ(t *testing.T, want, got []string, typed string) {
	t.Helper()
	count := func(all []string) map[string]int {
		m := map[string]int{}
		for _, s := range all {
			m[s]++
		}
		return m
	}
	a, b := count(want), count(got)
	var odd []string
	for s := range b {
		if s != "p" && b[s] != a[s] {
			odd = append(odd, fmt.Sprintf("%s: %d, without it %d", s, b[s], a[s]))
		}
	}
	for s := range a {
		if b[s] == 0 {
			odd = append(odd, fmt.Sprintf("%s: none, without it %d", s, a[s]))
		}
	}
	slices.Sort(odd)
	if odd != nil {
		t.Errorf("after %q the page has other elements:\n%s", typed, strings.Join(odd, "\n"))
	}
}
