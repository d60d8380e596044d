package transcript

import (
	"fmt"
	"testing"
)

// prefilled is a village of so many people, of whom the last is asked for the
// name of a tool again and again.
const prefilled = `
objects:
  - people: DAList.using(object_type=Individual, complete_attribute='complete', there_are_any=True)
---
mandatory: True
code: |
  made
  people.there_is_another = False
  people.gather()
  people.reset_gathered()
  people.there_is_another = False
  del people[%[1]d].complete
  del people[%[1]d].tools.gathered
  del people[%[1]d].tools[4].name.text
  people.gather()
---
code: |
  for n in range(%[2]d):
    person = people.appendObject()
    person.name.first = 'Ann' + str(n)
    person.name.last = 'Miller'
    person.initializeAttribute('tools', DAList.using(object_type=Thing, ask_number=True, target_number=5))
    for t in range(5):
      person.tools.appendObject(name='tool ' + str(t) + ' of ' + str(n))
    person.tools.gathered = True
    person.complete = True
  del people[%[1]d].complete
  del people[%[1]d].tools.gathered
  del people[%[1]d].tools[4].name.text
  del person
  made = True
---
code: |
  people[i].name.first
  people[i].tools.gather()
  people[i].complete = True
---
question: |
  What is the ${ ordinal(j) } tool of ${ people[i] }?
fields:
  - Tool: people[i].tools[j].name.text
---
question: |
  Another?
fields:
  - Another: people.there_is_another
`

// BenchmarkVillage is a step at the second person of a list, and at the 200th.
func BenchmarkVillage(b *testing.B) {
	for _, people := range []int{2, 200} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			s := settle(b, fmt.Sprintf(prefilled, people-1, people))
			for n := range 20 {
				s.step(b, n)
			}
			b.ReportAllocs()
			for n := 20; b.Loop(); n++ {
				s.step(b, n)
			}
		})
	}
}
