package handlers_test

import (
	"fmt"
	"strings"
	"testing"
)

// The interviews of TestNumberOfMails, by name.
var mailers = map[string]string{
	// A block that sends and then meets missing names, over three requests.
	"missing": `
mandatory: True
code: |
  send_email(to='ada@example.com', subject='Begun', body='x')
  first
  second
  done
---
question: First
fields:
  - First: first
---
question: Second
fields:
  - Second: second
---
event: done
question: Done
`,
	// A loop over three people, whose addresses are asked for on the way.
	"loop": `
objects:
  - people: DAList.using(object_type=Individual, auto_gather=False, gathered=True)
---
mandatory: True
code: |
  people.clear()
  for i in range(3):
    people.appendObject()
  ready = True
---
mandatory: True
code: |
  sent = 0
  for person in people:
    if send_email(to=person.email, subject='Hello', body='x'):
      sent += 1
  done
---
question: Address
fields:
  - Address: x.email
    datatype: email
generic object: Individual
---
event: done
question: Done ${ sent }
`,
	// A mandatory block that never completes.
	"never": `
mandatory: True
code: |
  send_email(to='ada@example.com', subject='Here', body='x')
  welcome
---
event: welcome
question: Welcome
subquestion: |
  [Again](${ url_action('again') })
---
event: again
code: |
  send_email(to='ada@example.com', subject='Once more', body='x')
`,
	// A mail after a form, which people may go back from.
	"back": `
mandatory: True
code: |
  address
  sent = send_email(to=address, subject='To you', body='x')
  done
---
question: Address
fields:
  - Address: address
---
question: Done
field: done
`,
	// A mail with a code that is drawn.
	"code": `
imports:
  - random
---
mandatory: True
code: |
  address
  secret_code
  send_email(to=address, subject='Code', body='It is ' + str(secret_code))
  done
---
code: |
  secret_code = random.randint(100000, 999999)
---
question: Address
fields:
  - Address: address
---
question: Done
field: done
`,
	// Docassemble's own way to send once.
	"task": `
initial: True
code: |
  if task_not_yet_performed('welcome'):
    send_email(to='ada@example.com', subject='Welcome', body='x', task='welcome')
---
mandatory: True
question: Page
buttons:
  - Go on: continue
continue button field: seen
---
mandatory: True
question: Sent ${ times_task_performed('welcome') }
`,
	// A mail in the text of a question.
	"text": `
mandatory: True
question: Page
subquestion: |
  % if send_email(to='ada@example.com', subject='Seen', body='x'):
  Told.
  % endif
`,
	// A mail from validation code: one for a form that is accepted. What one
	// that is refused asked for is not done, as nothing of it is kept.
	"check": `
mandatory: True
code: |
  number
  done
---
question: Number
fields:
  - Number: number
    datatype: integer
validation code: |
  send_email(to='ada@example.com', subject='Tried', body=str(number))
  if number < 10:
    validation_error('More')
---
event: done
question: Done
`,
}

// How many mails leave is what a person would expect, however often the
// engine runs the code that sends them.
func TestNumberOfMails(t *testing.T) {
	reload := func(times int) func(*page) *page {
		return func(pg *page) *page {
			for range times {
				pg = pg.p.get(address(pg.url.Query().Get("i")[len(pkg+":data/questions/"):])).wants(pg.heading())
			}
			return pg
		}
	}
	answer := func(fields ...string) func(*page) *page {
		return func(pg *page) *page { return pg.answer(fields...) }
	}
	follow := func(link string) func(*page) *page { return func(pg *page) *page { return pg.follow(link) } }
	back := func(pg *page) *page { return pg.back() }
	twice := func(fields ...string) func(*page) *page { // an impatient click
		return func(pg *page) *page {
			f := pg.form(fields...)
			pg.p.send(f)
			return pg.p.send(f)
		}
	}
	a, b := "ada@example.com", "bob@example.com"
	for _, tt := range []struct {
		name, file string
		steps      []func(*page) *page
		heading    string
		mails      int
	}{
		{"over three requests", "missing", []func(*page) *page{answer("First", "1"), answer("Second", "2"), reload(3)}, "Done", 1},
		{"three people", "loop", []func(*page) *page{answer("Address", a), answer("Address", b), answer("Address", "zoe@example.com"), reload(2)}, "Done 3", 3},
		{"reloaded ten times", "never", []func(*page) *page{reload(10)}, "Welcome", 1},
		{"sent again", "never", []func(*page) *page{follow("Again"), reload(3), follow("Again"), follow("Again")}, "Welcome", 4},
		{"back and forward", "back", []func(*page) *page{answer("Address", a), back, answer("Address", a), back, answer("Address", a)}, "Done", 1},
		{"back to another address", "back", []func(*page) *page{answer("Address", a), back, answer("Address", b)}, "Done", 2},
		{"back to another address and again to the first", "back", []func(*page) *page{answer("Address", a), back, answer("Address", b), back, answer("Address", a)}, "Done", 2},
		{"back to another code", "code", []func(*page) *page{answer("Address", a), back, answer("Address", a)}, "Done", 2},
		{"clicked twice", "back", []func(*page) *page{twice("Address", a)}, "Done", 1},
		{"task", "task", []func(*page) *page{reload(2), answer(), reload(2)}, "Sent 1", 1},
		{"in a text", "text", []func(*page) *page{reload(5)}, "Page", 1},
		{"in a check", "check", []func(*page) *page{answer("Number", "3"), answer("Number", "12")}, "Done", 1},
	} {
		t.Run(strings.ReplaceAll(tt.name, " ", "_"), func(t *testing.T) {
			h := open(t, map[string]string{tt.file + ".yml": mailers[tt.file]})
			pg := h.visit().begin(tt.file + ".yml")
			for _, step := range tt.steps {
				pg = step(pg)
			}
			pg.wants(tt.heading)
			if n := h.count("effects"); n != tt.mails {
				t.Errorf("%d mails, want %d (%s)", n, tt.mails, fmt.Sprint(h.counts()))
			}
		})
	}
}
