package objects_test

import (
	"slices"
	"strings"
	"testing"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

func TestLists(t *testing.T) {
	s := open(t)
	s.run(`
class Watched(DAList):
    def hook_on_remove(self, item):
        log.append('removed ' + str(item))
    def hook_on_gather(self):
        log.append('gathering ' + str(hasattr(self, 'gathered')))
    def hook_after_gather(self):
        log.append('gathered ' + str(hasattr(self, 'gathered')))
log = []
p = DAList('p', object_type=Individual)
for name in ['Cy', 'Al', 'Bo']:
    p.appendObject().name.first = name
p.gathered = True
w = Watched('w', elements=['a', 'b', 'c'])
n = DAList('n', elements=[3, 1, 2])
friend = Thing('friend', name='Zed')
0`)
	s.said([][2]string{
		{"str(p)", "Cy, Al, and Bo"}, {"[x.instanceName for x in p]", "['p[0]', 'p[1]', 'p[2]']"},
		{"p.sort(key=lambda y: y.name.first)\n[str(x) + x.name.instanceName for x in p]", "['Alp[0].name', 'Bop[1].name', 'Cyp[2].name']"},
		{"p.reverse() is p", "True"}, {"[x.instanceName for x in p]", "['p[0]', 'p[1]', 'p[2]']"},
		{"str(p.pop(0)) + str(p) + p[0].instanceName", "CyBo and Alp[0]"},
		{"p.filter(gender='x')", "wants p[0].gender"}, {"str(p.filter(instanceName='p[1]'))", "Al"},
		{"p.append(friend)\np[2].instanceName", "friend"}, {"del p[0]\n[x.instanceName for x in p]", "['p[0]', 'friend']"},
		{"p.insert(0, Thing())\np[0].instanceName", "p[0]"}, {"p[1].instanceName", "p[1]"},
		{"p[9]", "error: IndexError: list index out of range"}, {"p[-1].instanceName", "friend"},
		{"type(p[0:2]).__name__", "list"}, {"str(p.item(50))", ""}, {"type(p.item(50)).__name__", "DAEmpty"},
		{"w.remove('b', 'x')\nstr(w) + str(log)", "a and c['removed b']"}, {"w.pop()\nlen(w)", "1"},
		{"w.remove('a')\nw.there_are_any", "False"},
		{"len(n), bool(n), 1 in n, n.count(1), n.index(1), n.first(), n.last(), list(reversed(n))", "(3, True, True, 1, 1, 3, 2, [2, 1, 3])"},
		{"str(n.sort())", "1, 2, and 3"}, {"n == [1, 2, 3]", "True"}, {"n == DAList('m', elements=[1, 2, 3])", "True"}, {"n != [1]", "True"},
		{"type(n.copy()).__name__", "list"}, {"n + [4]", "[1, 2, 3, 4]"}, {"type(n + n).__name__ + str(len(n + n))", "DAList6"},
		{"[0] + n", "[0, 1, 2, 3]"}, {"(n + DAEmpty()) is n", "True"},
		{"sorted(n.union([9], {8}).elements)", "[1, 2, 3, 8, 9]"}, {"sorted(n.intersection([1, [2]]).elements)", "[1, 2]"},
		{"sorted(n.difference([1]).elements)", "[2, 3]"}, {"n.isdisjoint([7]), n.issubset([1, 2, 3, 4]), n.issuperset([1])", "(True, True, True)"},
		{"n.current_index(), n.number(), n.number_gathered(), n.item_name(1)", "(2, 3, 3, 'n[1]')"},
		{"n.delitem(0, 7)\nn.elements", "[2, 3]"}, {"n.extend([4])\nn.elements", "[2, 3, 4]"}, {"n.clear()\nlen(n.elements)", "0"},
		{"n.initializeObject('x')", "error: DAError: initializeObject: first parameter must be an integer (0 or greater)"},
		{"n.initializeObject(1, Thing, name='x')\n[str(x) for x in n.elements]", "['None', 'x']"},
		{"DAList('e', ask_object_type=True, new_object_type='x', there_are_any=True).gather()", "error: DAError: new_object_type must be an object type"},
		{"log.clear()\nv = Watched('v', there_are_any=False)\nv.gather()\nlog", "['gathering False', 'gathered True']"},
		{"v.there_are_any = True\nlen(v)", "wants v[0]"},
		{"DAList('big', object_type=Individual, elements=[]).auto_gather", "True"},
	})
}

func TestDictionaries(t *testing.T) {
	s := open(t)
	s.run(`
d = DADict('d', elements={'pear': True, 'apple': False, 'fig': True})
o = DAOrderedDict('o', elements={'pear': 1, 'apple': 2})
mixed = DADict('mixed', elements={1: 'a', 'x': 'b'})
made = DADict('made', object_type=Thing)
half = DADict('half')
half['a'] = False
0`)
	s.said([][2]string{
		{"d.keys()", "['apple', 'fig', 'pear']"}, {"list(d)", "['pear', 'apple', 'fig']"}, {"list(d.values())", "[True, False, True]"},
		{"list(d.items())[0]", "('pear', True)"}, {"str(d)", "apple, fig, and pear"}, {"str(o)", "pear and apple"}, {"mixed.keys()", "[1, 'x']"},
		{"str(d.true_values())", "fig and pear"}, {"str(d.true_values(insertion_order=True))", "pear and fig"}, {"str(d.false_values())", "apple"},
		{"type(d.true_values()).__name__", "DAList"},
		{"d.all_true(), d.all_false(), d.all_true('pear', 'fig'), d.all_true(['pear', 'apple'])", "(False, False, True, False)"},
		{"d.all_true('pear', 'fig', exclusive=True), d.all_true('pear', exclusive=True)", "(True, False)"},
		{"d.any_true(), d.any_true('apple'), d.any_true('missing'), d.any_false('pear')", "(True, False, True, False)"},
		{"half.all_true()", "False"}, {"half.all_false()", "wants half.there_is_another"},
		{"d.get('none'), d.get('none', 3), d.has_key('fig'), 'fig' in d, len(d)", "(None, 3, True, True, 3)"},
		{"made['x'].instanceName", "made['x']"}, {"made.new('y', ['z'])\nlist(made.elements)", "['x', 'y', 'z']"},
		{"DADict('q')['k']", "wants q['k']"}, {"type(d.item('none')).__name__", "DAEmpty"},
		{"list(d.slice('fig', 'pear').elements), list(d.slice(lambda y: not y).elements)", "(['fig', 'pear'], ['apple'])"},
		{"d.pop('fig'), list(d.elements)", "(True, ['pear', 'apple'])"}, {"d.popitem()", "('apple', False)"},
		{"d.pop('pear')\nd.there_are_any", "False"},
		{"d.update({'a': 1}, b=2)\nd.elements", "{'a': 1, 'b': 2}"}, {"d.delitem('a', 'q')\nd.elements", "{'b': 2}"},
		{"sorted(o.union([3]).elements)", "[1, 2, 3]"}, {"o.setdefault('n', 9)", "9"},
		{"del d['b']\nlen(d.elements)", "0"}, {"del half['none']", "wants half['none']"},
		{"repr(DADict('r', elements={'a': 1}))", "{'a': 1}"},
	})
}

func TestSets(t *testing.T) {
	s := open(t)
	s.run("s = DASet('s', elements={'b', 'a'})\n0")
	s.said([][2]string{
		{"str(s)", "a and b"}, {"s.add('c', ['d'])\nlen(s)", "4"}, {"s.discard('q')\ns.remove('d')\nstr(s)", "a, b, and c"},
		{"s.remove('q')", "error: KeyError: 'q'"}, {"sorted(s & ['a'])", "['a']"}, {"sorted(s | ['z'])", "['a', 'b', 'c', 'z']"},
		{"sorted(s - {'a'})", "['b', 'c']"}, {"type(s.union(['q'])).__name__", "DASet"}, {"type(s.copy()).__name__", "set"},
		{"str(s + ['z'])", "a, b, c, and z"}, {"'a' in s", "True"}, {"s.complete_elements('x').number()", "0"},
	})
}

func TestCompleteness(t *testing.T) {
	s := open(t)
	s.run(`
p = DAList('p', object_type=Individual, complete_attribute=['name.first', 'age'], there_are_any=True)
p.appendObject().name.first = 'Al'
p[0].age = 5
p.appendObject()
q = DAList('q', object_type=Individual, elements=[])
q.appendObject().child = DAList('q[0].child', elements=['x'])
c = DAList('c', object_type=Thing, complete_attribute='complete', there_are_any=True, there_is_another=False)
c.appendObject().complete = True
0`)
	s.said([][2]string{
		{"[x.instanceName for x in p.complete_elements().elements]", "['p[0]']"}, {"p.complete_elements().instanceName", "p"},
		{"len(p.complete_elements('name'))", "2"}, {"p.gathering_started(), p.has_been_gathered()", "(True, False)"},
		{"p.gather()", "wants p[1].name.first"},
		{"q.reset_gathered(recursive=True)\nhasattr(q[0].child, 'gathered'), hasattr(q, 'gathered')", "(False, False)"},
		{"p.reset_gathered(only_if_empty=True, mark_incomplete=True)\nhasattr(p[0], 'age')", "True"},
		{"p.reset_gathered(mark_incomplete=True)\nhasattr(p[0], 'age'), p.there_are_any", "(False, True)"},
		{"c.gather()\nc.gathered_and_complete()", "wants c[0].complete"},
		{"c[0].complete = True\nc.gathered_and_complete()", "True"}, {"c.revisit", "True"},
	})
}

// TestEditing: what the buttons of a group look like and do.
func TestEditing(t *testing.T) {
	s := open(t)
	s.run(`
p = DAList('p', object_type=Individual, complete_attribute='age', there_are_any=False)
d = DADict('d', elements={'a': Thing('d["a"]', name='x')}, complete_attribute='complete', minimum_number=1)
0`)
	s.said([][2]string{
		{"p.add_action()", `<a href="/interview?action=_da_list_add" class="btn btn-sm btn-secondary btn-darevisit"><i class="fa-solid fa-plus-circle"></i> Add an item</a>`},
		{"p.add_action('More', icon='far-fa-star', color='odd', size='md', block=True, classname='q')", `<a href="/interview?action=_da_list_add" class="btn btn-block btn-success btn-darevisit q"><i class="fa-regular fa-star"></i> More</a>`},
		{"p.add_action(icon=None, url_only=True)", "/interview?action=_da_list_add"},
		{"p._start_adding()\nhasattr(p, 'there_is_another'), p.there_are_any", "(False, True)"},
		{"p.gather()", "wants p[0].age"}, {"p[0].age = 4\np.gather()", "wants p.there_is_another"},
		{"p.there_is_another = False\np.gathered_and_complete()", "True"}, {"len(p)", "1"},
		{"p._start_adding()\np.there_is_another, p.there_is_one_other, p.was_gathered, hasattr(p, 'gathered')", "(False, True, True, False)"},
		{"p.gathered_and_complete()", "wants p[1].age"},
		{"p[1].age = 3\np.gathered_and_complete()\nlen(p), hasattr(p, 'there_is_one_other'), p.gathered, hasattr(p, '_necessary_length')", "(2, False, True, False)"},
		{"p.item_actions(p[0], 0, 'name.first', confirm=True)",
			`<a href="/interview?action=_da_list_edit" role="button" class="btn btn-sm btn-secondary btn-darevisit"><span class="text-nowrap"><i class="fa-solid fa-pencil-alt"></i> Edit</span></a> ` +
				`<a href="/interview?action=_da_list_remove" role="button" class="btn btn-sm btn-danger btn-darevisit daremovebutton"><span class="text-nowrap"><i class="fa-solid fa-trash"></i> Delete</span></a>`},
		{"d.item_actions(d['a'], 'a', 'name.text', edit_url_only=True)", "/interview?action=_da_dict_edit"},
		{"p.item_actions(p[0], 0, edit_url_only=True)", "/interview?action=_da_list_edit"},
		{"p[0].locked = True\np.item_actions(p[0], 0, read_only_attribute='locked')", ""},
		{"p[0].locked = {'delete': False}\n'Delete' in p.item_actions(p[0], 0, read_only_attribute='locked')", "False"},
		{"'databledown' in p.item_actions(p[0], 0, reorder=True)", "True"},
		{"'Delete' in d.item_actions(d['a'], 'a')", "False"},
		{"p[0].name.first = 'Al'\np[1].name.first = 'Bo'\np._reorder([0, 1], [1, 0])\n[str(x) + x.instanceName for x in p]", "['Bop[0]', 'Alp[1]']"},
		{"p._remove_from_screen(0)\n[str(x) + x.instanceName for x in p.elements]", "['Alp[0]']"},
		{"p._allow_appending()\np[1].age = 2\np._disallow_appending()\nlen(p.elements)", "2"},
		{"p._remove_items_by_number(0)\np._collected()\np[0].instanceName, p.there_is_another", "('p[0]', False)"},
	})
	edits := map[string][]string{}
	for _, l := range s.links {
		if _, seen := edits[l.Action]; !seen && strings.HasSuffix(l.Action, "_edit") {
			edits[l.Action] = texts(s, l.Arguments["items"].(*python.List))
		}
	}
	want := []string{"{'follow up': ['p[0].name.first']}", "{'action': '_da_define', 'arguments': {'variables': ['p[0].age']}}",
		"{'action': '_da_list_ensure_complete', 'arguments': {'group': 'p'}}"}
	if got := edits["_da_list_edit"]; !slices.Equal(got, want) {
		t.Errorf("steps of editing a list %q, want %q", got, want)
	}
	want = []string{`{'action': '_da_undefine', 'arguments': {'variables': ['d["a"].complete']}}`,
		`{'follow up': ['d["a"].name.text']}`, "{'action': '_da_dict_ensure_complete', 'arguments': {'group': 'd'}}"}
	if got := edits["_da_dict_edit"]; !slices.Equal(got, want) {
		t.Errorf("steps of editing a dictionary %q, want %q", got, want)
	}
}

func texts(s *session, l *python.List) []string {
	var out []string
	for _, v := range l.Elems {
		r, err := s.th.Str(v)
		if err != nil {
			s.t.Fatal(err)
		}
		out = append(out, r.String())
	}
	return out
}

func TestCancel(t *testing.T) {
	s := open(t)
	s.run("p = DAList('p', object_type=Individual, elements=[])\np.appendObject()\np.was_gathered = True\np.delattr('gathered')\n0")
	s.visitor.Stack = "me"
	s.book.Push("me", evaluation.Pending{Action: "_da_list_complete", Arguments: map[string]python.Value{"group": python.NewStr("p")}},
		evaluation.Pending{Action: "other"})
	s.said([][2]string{{"p.cancel_add_or_edit()\nlen(p), p.gathered", "(0, True)"}})
	if left := s.book.Stacks["me"]; len(left) != 1 || left[0].Action != "other" {
		t.Errorf("actions left: %v", left)
	}
}
