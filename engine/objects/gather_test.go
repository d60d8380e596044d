package objects_test

import (
	"strings"
	"testing"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// TestSought drives groups as the engine does: the code is run, the name that
// it stops for is answered, and it is run again from the start. What is wanted
// and in which order is the documented behaviour of groups.
func TestSought(t *testing.T) {
	for _, tt := range []struct {
		name, declare, trigger string
		answers                string // name = expression, in order of use
		want                   string
	}{
		{"a list of texts", "fruit = DAList('fruit')", "str(fruit)",
			"fruit.there_are_any = True; fruit[0] = 'apple'; fruit.there_is_another = True; fruit[1] = 'pear'; fruit.there_is_another = False",
			"fruit.there_are_any fruit[0] fruit.there_is_another fruit[1] fruit.there_is_another"},
		{"an empty list", "fruit = DAList('fruit')", "str(fruit)",
			"fruit.there_are_any = False", "fruit.there_are_any"},
		{"a list of a number of texts", "fruit = DAList('fruit', ask_number=True)", "str(fruit)",
			"fruit.target_number = 2; fruit[0] = 'a'; fruit[1] = 'b'", "fruit.target_number fruit[0] fruit[1]"},
		{"the number of a list alone", "fruit = DAList('fruit', ask_number=True)", "fruit.number()",
			"fruit.target_number = 2", "fruit.target_number"},
		{"a minimum", "fruit = DAList('fruit', minimum_number=2)", "str(fruit)",
			"fruit[0] = 'a'; fruit[1] = 'b'; fruit.there_is_another = False", "fruit[0] fruit[1] fruit.there_is_another"},
		{"a minimum of zero stops after one item", "fruit = DAList('fruit', minimum_number=0)", "str(fruit)",
			"fruit.there_are_any = True; fruit[0] = 'a'", "fruit.there_are_any fruit[0]"},
		{"known that there are any", "fruit = DAList('fruit', there_are_any=True)", "str(fruit)",
			"fruit[0] = 'a'; fruit.there_is_another = False", "fruit[0] fruit.there_is_another"},
		{"people", "people = DAList('people', object_type=Individual)", "[str(p) for p in people]",
			"people.there_are_any = True; people[0].name.first = 'Al'; people.there_is_another = True; people[1].name.first = 'Bo'; people.there_is_another = False",
			"people.there_are_any people[0].name.first people.there_is_another people[1].name.first people.there_is_another"},
		{"people of using()", "people = DAList.using(object_type=Individual)('people')", "[str(p) for p in people]",
			"people.there_are_any = True; people[0].name.first = 'Al'; people.there_is_another = False",
			"people.there_are_any people[0].name.first people.there_is_another"},
		{"complete by an attribute", "people = DAList('people', object_type=Individual, complete_attribute='complete')", "people.gather()",
			"people.there_are_any = True; people[0].complete = True; people.there_is_another = True; people[1].complete = True; people.there_is_another = False",
			"people.there_are_any people[0].complete people.there_is_another people[1].complete people.there_is_another"},
		{"complete by attributes", "people = DAList('people', object_type=Individual, complete_attribute=['name.first', 'birthdate'])", "people.gather()",
			"people.there_are_any = True; people[0].name.first = 'Al'; people[0].birthdate = 1; people.there_is_another = False",
			"people.there_are_any people[0].name.first people[0].birthdate people.there_is_another"},
		{"a number of people", "people = DAList('people', object_type=Individual, ask_number=True)", "people.gather()",
			"people.target_number = 2; people[0].name.first = 'Al'; people[1].name.first = 'Bo'",
			"people.target_number people[0].name.first people[1].name.first"},
		{"things that need nothing", "t = DAList('t', object_type=DAObject)", "str(t)",
			"t.there_are_any = True; t.there_is_another = True; t.there_is_another = False",
			"t.there_are_any t.there_is_another t.there_is_another"},
		{"a person that is read directly", "people = DAList('people', object_type=Individual)", "people[0].name.first",
			"people[0].name.first = 'Al'", "people[0].name.first"},
		{"gathered by the author", "m = DAList('m', auto_gather=False)", "len(m)", "m.gathered = True", "m.gathered"},
		{"items of different kinds", "loc = DAList('loc', ask_object_type=True)", "str(loc)",
			"loc.there_are_any = True; loc.new_object_type = City; loc[0].city = 'Rome'; loc.there_is_another = True; " +
				"loc.new_object_type = Individual; loc[1].name.first = 'Al'; loc.there_is_another = False",
			"loc.there_are_any loc.new_object_type loc[0].city loc.there_is_another loc.new_object_type loc[1].name.first loc.there_is_another"},
		{"a dictionary of texts", "f = DADict('f')", "str(f)",
			"f.there_are_any = True; f.new_item_name = 'apple'; f['apple'] = 1; f.there_is_another = True; " +
				"f.new_item_name = 'pear'; f['pear'] = 2; f.there_is_another = False",
			"f.there_are_any f.new_item_name f['apple'] f.there_is_another f.new_item_name f['pear'] f.there_is_another"},
		{"a dictionary with values at once", "f = DADict('f')", "str(f)",
			"f.there_are_any = True; f.new_item_name = 'a' & f.new_item_value = 1; f.there_is_another = True; " +
				"f.new_item_name = 'b' & f.new_item_value = 2; f.there_is_another = False",
			"f.there_are_any f.new_item_name f.there_is_another f.new_item_name f.there_is_another"},
		{"a dictionary of people", "f = DADict('f', object_type=Individual)", "str(f)",
			"f.there_are_any = True; f.new_item_name = 'mom'; f['mom'].name.first = 'Al'; f.there_is_another = False",
			"f.there_are_any f.new_item_name f['mom'].name.first f.there_is_another"},
		{"a dictionary complete by an attribute", "f = DADict('f', object_type=Individual, complete_attribute='feet')", "f.gather()",
			"f.there_are_any = True; f.new_item_name = 'mom'; f['mom'].feet = 2; f.there_is_another = False",
			"f.there_are_any f.new_item_name f['mom'].feet f.there_is_another"},
		{"a dictionary of a number of items", "f = DADict('f', ask_number=True)", "f.gather()",
			"f.target_number = 2; f.new_item_name = 'mom'; f['mom'] = 1; f.new_item_name = 'dad'; f['dad'] = 2",
			"f.target_number f.new_item_name f['mom'] f.new_item_name f['dad']"},
		{"a dictionary with a minimum", "f = DADict('f', object_type=DAObject, minimum_number=2)", "f.gather()",
			"f.new_item_name = 'a'; f.new_item_name = 'b'; f.there_is_another = False",
			"f.new_item_name f.new_item_name f.there_is_another"},
		{"a dictionary with keys", "f = DADict('f', object_type=Individual, keys=['a', 'b'], there_are_any=True, there_is_another=False)", "f.gather()",
			"f['a'].name.first = 'Al'; f['b'].name.first = 'Bo'", "f['a'].name.first f['b'].name.first"},
		{"a set", "s = DASet('s')", "str(s)",
			"s.there_are_any = True; s.new_item = 'a'; s.there_is_another = True; s.new_item = 'b'; s.there_is_another = False",
			"s.there_are_any s.new_item s.there_is_another s.new_item s.there_is_another"},
		{"income seeks the period late", "inc = Income('inc')", "inc.total()",
			"inc.there_are_any = True; inc.new_item_name = 'job'; inc['job'].value = 100; inc.there_is_another = False; inc['job'].period = 12",
			"inc.there_are_any inc.new_item_name inc['job'].value inc.there_is_another inc['job'].period"},
		{"income with its kinds given", "inc = Income('inc')\ninc.new(['job', 'benefits'])\ninc.gathered = True", "inc.total()",
			"inc['benefits'].exists = False; inc['job'].exists = True; inc['job'].value = 1; inc['job'].period = 1",
			"inc['benefits'].exists inc['job'].exists inc['job'].value inc['job'].period"},
		{"nested lists", "p = DAList('p', object_type=Individual, complete_attribute='child', there_are_any=True, there_is_another=False)",
			"p.gather()\np[0].child.gather()",
			"p[0].child = DAList('p[0].child', object_type=Individual); p[0].child.there_are_any = True; p[0].child[0].name.first = 'Al'; p[0].child.there_is_another = False",
			"p[0].child p[0].child.there_are_any p[0].child[0].name.first p[0].child.there_is_another"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			s.run(tt.declare + "\n0")
			if got := s.drive(tt.trigger, tt.answers); got != tt.want {
				t.Errorf("sought\n%s, want\n%s", got, tt.want)
			}
		})
	}
}

// drive runs code until nothing is missing, answering what it stops for from a
// list of assignments (some at once, joined by &), each used once. It returns
// the names sought.
func (s *session) drive(trigger, answers string) string {
	s.t.Helper()
	left := strings.Split(answers, "; ")
	var sought []string
	for range 50 {
		s.place.Gathering = nil
		name := s.wants(trigger)
		if name == "" {
			break
		}
		sought = append(sought, name)
		if len(left) == 0 || !strings.HasPrefix(left[0], name+" =") {
			sought = append(sought, "(no answer)")
			break
		}
		s.run(strings.ReplaceAll(left[0], " & ", "\n") + "\n0")
		left = left[1:]
	}
	return strings.Join(sought, " ")
}

// TestGathering: what the texts of questions about a group may say of it while
// it is being gathered.
func TestWhileGathering(t *testing.T) {
	s := open(t)
	s.run("fruit = DAList('fruit', there_are_any=True)\nfruit.append('apple')\n0")
	if got := s.wants("str(fruit)"); got != "fruit.there_is_another" {
		t.Fatalf("wants %q", got)
	}
	if got := s.run("str(fruit) + ' ' + str(fruit.number())"); got != "apple 1" {
		t.Errorf("while gathering: %q", got)
	}
	if _, ok := s.place.Gathering["fruit"]; !ok {
		t.Error("the group is not known to be gathered")
	}
}

func TestProbingCreatesNothing(t *testing.T) {
	s := open(t)
	s.run("people = DAList('people', object_type=Individual)\n0")
	if _, ok := evaluation.Find(s.th, "people[0].name.first"); ok {
		t.Error("defined")
	}
	if got := s.run("len(people.elements)"); got != "0" {
		t.Errorf("items created: %s", got)
	}
	if name := s.wants("people[3].name.last"); name != "people[3].name.last" {
		t.Errorf("wants %q", name)
	}
	if got := s.wants("people[30]"); got != "error: DAError: Attempt to fill up more than 10 items" {
		t.Errorf("too many at once: %q", got)
	}
}

func TestMissingIsNoAttribute(t *testing.T) {
	s := open(t)
	s.run("o = DAObject('o')\n0")
	if got := s.run("[hasattr(o, 'a'), getattr(o, 'a', 5), o.attr('a'), o.attribute_defined('a')]"); got != "[False, 5, None, False]" {
		t.Error(got)
	}
	if got := s.wants("o.__strange__"); !strings.HasPrefix(got, "error: AttributeError") {
		t.Errorf("dunder: %q", got)
	}
	_, err := s.try("o.a")
	if !python.IsException(err, python.AttributeError) {
		t.Errorf("%v is no AttributeError", err)
	}
}
