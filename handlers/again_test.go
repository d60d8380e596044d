package handlers_test

import (
	"net/http"
	"testing"
)

// posting is an interview in which mail is sent in different ways.
const posting = `
mandatory: True
code: |
  board
---
event: board
question: Board
subquestion: |
  [Answer](${ url_action('post_and_answer') })
  [Leave](${ url_action('post_and_leave') })
  [Plain](${ url_action('post_only') })
  [Ask](${ url_action('post_and_ask') })
  [Code](${ url_action('posted') })
---
event: post_and_answer
code: |
  send_email(to='a@example.org', subject='s', body='b')
  json_response(True)
---
event: post_and_leave
code: |
  send_email(to='a@example.org', subject='s', body='b')
  command('leave', url='https://example.org')
---
event: post_only
code: |
  send_email(to='a@example.org', subject='s', body='b')
---
event: post_and_ask
code: |
  send_email(to='a@example.org', subject='s', body='b')
  missing
---
code: |
  send_email(to='a@example.org', subject='s', body='b')
  posted = True
  response('posted')
---
question: Missing?
fields:
  - Missing: missing
`

const postingAlways = `
mandatory: True
code: |
  send_email(to='a@example.org', subject='s', body='b')
  json_response(True)
`

// Every click is a new use of an event, however its code ends; what the logic
// itself does is done once, however often it is evaluated.
func TestEveryClickIsANewUse(t *testing.T) {
	h := open(t, map[string]string{"posting.yml": posting, "always.yml": postingAlways})
	p := h.visit()
	p.begin("posting.yml").wants("Board")
	for _, link := range []string{"Answer", "Leave", "Plain", "Code", "Ask"} {
		for range 3 {
			before := h.count("effects")
			p.single(http.MethodGet, p.get(address("posting.yml")).wants("Board").link(link), nil)
			if n := h.count("effects") - before; n != 1 {
				t.Errorf("%s asks for %d mails", link, n)
			}
			if link == "Ask" {
				break // the rest of it is asked from now on
			}
		}
	}
	before := h.count("effects")
	p.begin("always.yml")
	for range 3 {
		p.get(address("always.yml"))
	}
	if n := h.count("effects") - before; n != 1 {
		t.Errorf("the logic asks for %d mails", n)
	}
}
