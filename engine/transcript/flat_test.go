package transcript

import (
	"fmt"
	"testing"
)

// people gathers a list of people with their addresses.
const people = `
objects:
  - people: DAList.using(object_type=Individual, there_are_any=True)
---
mandatory: True
code: |
  people.gather()
---
question: Who is the ${ ordinal(i) } person?
fields:
  - First name: people[i].name.first
  - Last name: people[i].name.last
  - Address: people[i].address.address
  - City: people[i].address.city
---
question: Is there anybody beside ${ comma_and_list(people.complete_elements()) }?
yesno: people.there_is_another
`

// What a step stores does not grow with the list: deltas hold what changed,
// and full copies come at growing distances.
func TestStoredBytesStayFlat(t *testing.T) {
	s := settle(t, people)
	stored := []int{0} // bytes after each person
	for n := range 100 {
		for _, line := range []string{fmt.Sprintf(`people[i].name.first=Ann%d people[i].name.last=Houston `+
			`people[i].address.address="%d Main Street" people[i].address.city=Springfield`, n, 100+n), "press Yes"} {
			if err := s.p.say(line); err != nil {
				t.Fatalf("%v\n%s", err, s.p.out.String())
			}
		}
		sizes, err := s.p.room.store.Sizes(t.Context(), s.p.who.session)
		if err != nil {
			t.Fatal(err)
		}
		if len(sizes) != 1+2*(n+1) {
			t.Fatalf("%d steps after %d people", len(sizes), n+1)
		}
		sum := 0
		for _, st := range sizes {
			sum += st.Input + st.State
		}
		stored = append(stored, sum)
	}
	early, late := stored[50]/50, (stored[100]-stored[50])/50
	t.Logf("bytes per person: %d for 1 to 50, %d for 51 to 100", early, late)
	if 2*late > 3*early {
		t.Errorf("persons 51 to 100 take %d bytes each, more than 1.5 times the %d of the first fifty", late, early)
	}
}
