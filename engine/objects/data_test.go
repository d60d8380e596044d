package objects_test

import (
	"testing"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

func TestValues(t *testing.T) {
	s := open(t)
	s.run(`
v = Value('v', exists=True, value=40)
gone = Value('gone', exists=False, value=40)
p = PeriodicValue('p', exists=True, value=100, period=12)
f = FinancialList('f')
f.new('rent', 'food')
f['rent'].exists = True
f['rent'].value = 500
f['food'].exists = False
f.gathered = True
i = Income('i')
i.new('job')
i['job'].exists = True
i['job'].value = 100
i['job'].period = 52
i.gathered = True
0`)
	s.said([][2]string{
		{"float(v), int(v), float(v.amount()), gone.amount()", "(40.0, 40, 40.0, 0)"}, {"v == 40, v < 50, v >= gone, v != 40", "(True, True, True, False)"},
		{"float(p.amount()), float(p.amount(12))", "(1200.0, 100.0)"}, {"Value('x').amount()", "wants x.exists"},
		{"Value('x', exists=True).amount()", "wants x.value"}, {"PeriodicValue('x', exists=True, value=1).amount()", "wants x.period"},
		{"float(f.total())", "500.0"}, {"f.existing_items()", "['rent']"}, {"f['new'].instanceName, type(f['new']).__name__", "(\"f['new']\", 'Value')"},
		{"float(i.total()), float(i.total(period_to_use=12)), i.total(period_to_use=0)", "(5200.0, 433.3333333333333, 0)"},
		{"type(i['job']).__name__", "Value"}, {"float(FinancialList('e', elements={}).total())", "0.0"},
		{"float(Asset('a', elements={'car': v}).total())", "40.0"},
	})
}

func TestObjectsFromData(t *testing.T) {
	s := open(t)
	s.files = map[string]string{
		"sources/claims.yml": "- object: Thing\n  items:\n    - name: saw\n      price: 1_000\n    - name: 'no'\n- yes\n- 017\n- [~, .5, 0x10, 2020-01-01]\n",
		"sources/one.yml":    "object: Individual\nitem:\n  age: 5\n  home:\n    object: City\n    item: {city: Rome}\n",
		"sources/plain.yml":  "a: &x {k: 1}\nb: {<<: *x, l: 2}\n---\nc: 3\n",
		"sources/bad.yml":    "object: Nothing\nitem: {}\n",
		"sources/broken.yml": "a: [1\n",
		"sources/data.json":  "{\"b\": [1, 2.5, true, null],\n\t\"a\": \"x\"}",
	}
	s.run("def read(ref, **kwargs):\n    return objects_from_file(ref, **kwargs)\n0")
	s.run("def try_it(f, *args):\n    try:\n        return f(*args)\n    except Exception as err:\n        return err\n0")
	s.said([][2]string{
		{"x = read('claims.yml', name='x')\n[str(y) for y in x[0]], x[0][0].instanceName, x[0][0].price", "(['saw', 'no'], 'x[0][0]', 1000)"},
		{"x.elements[1:]", "['yes', 17, [None, 0.5, 16, '2020-01-01']]"}, {"x.gathered, x.instanceName", "(True, 'x')"},
		{"y = read('one.yml', name='y')\ny.instanceName, y.home.instanceName, str(y.home), y.age", "('y', 'y.home', 'Rome', 5)"},
		{"read('plain.yml', name='p').elements", "[{'a': {'k': 1}, 'b': {'k': 1, 'l': 2}}, {'c': 3}]"},
		{"p = read('plain.yml', name='p', use_objects=True)\ntype(p[0]['a']).__name__, p[0]['a'].instanceName", "('DADict', \"p[0]['a']\")"},
		{"q = read('plain.yml', name='p', use_objects=True, gathered=False)\nhasattr(q, 'gathered'), hasattr(q.elements[0], 'gathered')", "(False, False)"},
		{"read('data.json')", "{'b': [1, 2.5, True, None], 'a': 'x'}"},
		{"read('bad.yml')", "error: DAError: recurse_obj: found an object for which the object declaration, Nothing could not be found"},
		{"read('none.yml')", "error: DAError: objects_from_file: there is no sources file none.yml"},
		{"str(try_it(read, 'broken.yml'))[:31]", "objects_from_file: broken.yml: "},
		{"z = objects_from_structure({'a': [1, {'b': 2}], 'c': {'question': 'q', 'document': 'd'}}, root='z')\nz['a'][1].instanceName, z['a'][1]['b'], str(z['c']), type(z['c']).__name__", "(\"z['a'][1]\", 2, 'q', 'DAContext')"},
		{"w = objects_from_structure([1], root='w', gathered=False)\nhasattr(w, 'gathered')", "False"},
		{"objects_from_structure([len])", "error: DAError: objects_from_structure: expected a standard type, but found a builtin_function_or_method"},
		{"str(objects_from_data({'object': 'Thing', 'item': {'name': 'x'}}, root='o'))", "x"},
	})
}

func TestSelections(t *testing.T) {
	s := open(t)
	s.run("a = Thing('a', name='A')\nb = Thing('b', name='B')\nl = DAList('l', elements=[a, b])\n0")
	s.said([][2]string{
		{"selections(l, a)", "[{'YQ': 'A'}, {'Yg': 'B'}]"}, {"selections(l, exclude=a)", "[{'Yg': 'B'}]"},
		{"selections(a, b, default=[b], object_labeler=lambda y: y.instanceName)", "[{'YQ': 'a'}, {'Yg': 'b', 'default': True}]"},
		{"selections(a, help_generator=lambda y: 'h', image_generator=lambda y: 'i')", "[{'YQ': 'A', 'help': 'h', 'image': 'i'}]"},
	})
}

func TestMisc(t *testing.T) {
	s := open(t)
	s.visitor.Stack = "me"
	s.run(`
link = DALink('link', anchor_text='here', url='/x')
c = DAContext('c', 'q', 'd')
c3 = DAContext('c3', question='q', document='d', docx='w')
e = DAEmpty(str='blank')
crumbs = DABreadCrumbs('crumbs')
catch = DACatchAll('catch')
nav = DANav('nav')
nav.set_sections([{'a': 'Alpha'}, {'b': 'Beta', 'subsections': [{'b1': 'Beta one'}]}, 'End'])
0`)
	s.said([][2]string{
		{"str(link)", "[here](/x)"}, {"str(DALink('l'))", "wants l.anchor_text"}, {"str(DALink('l', anchor_text='x'))", "wants l.url"},
		{"str(c)", "q"}, {"repr(c)", "DAContext('c', question='q', document='d')"}, {"str(DAContext('k', 'same'))", "same"},
		{"str(e), len(e), bool(e), list(e), 3 in e, e + 5, 7 - e, int(e), float(e)", "('blank', 0, False, [], False, 5, 7, 0, 0.0)"},
		{"e == '', e == e, e < 1, e <= 1, e > 1, e >= 1, repr(e)", "(False, True, True, True, False, False, \"''\")"},
		{"str(e.anything.at['all']())", ""}, {"e['x'] = 1", "None"},
		{"str(catch)", "wants catch.value"}, {"catch.context, catch.data_type_guess()", "('str', 'str')"},
		{"catch + 1.5", "wants catch.value"}, {"catch.operand, catch.data_type_guess()", "(1.5, 'float')"},
		{"catch.value = 4\ncatch + 1, catch == 4, int(catch), catch.data_type_guess()", "(5, True, 4, 'int')"},
		{"crumbs.show()", ""}, {"nav.set_section('a'), nav.set_section('a'), nav.set_section('b1')", "(True, False, True)"},
		{"nav.get_section(), nav.get_section(display=True)", "('b1', 'Beta one')"}, {"nav.section_ids()", "['a', 'b', 'b1', 'End']"},
		{"sorted(nav.past), nav.visible(), nav.hide(), nav.visible(), nav.unhide()", "(['a', 'b1'], True, None, False, None)"},
		{"nav.enabled(), nav.disable(), nav.enabled()", "(True, None, False)"}, {"'active' in str(nav)", "True"},
		{"DADict('none').get_section", "wants none.get_section"},
		{"BackgroundAction('b').run('x')", "error: DAError: You cannot run a BackgroundAction inside of a background action"},
		{"[BackgroundAction('b').running(), BackgroundAction('b').ready(), BackgroundAction('b').refresh_seconds]", "[False, False, 4]"},
		{"BackgroundAction('b', refresh_seconds=9).refresh_seconds", "9"},
		{"str(DAEmailRecipient('r', name='Al', address='a@b.c'))", "[Al](mailto:a@b.c)"}, {"str(DAEmailRecipient('r', address='a@b.c'))", "[a@b.c](mailto:a@b.c)"},
		{"DAEmailRecipient('r', name='A\"l', address='a@b.c').email_address()", `"Al" <a@b.c>`}, {"DAEmailRecipient('r').email_address()", "wants r.name"},
		{"DAEmailRecipient('r', name='', address='a@b.c').email_address()", "a@b.c"}, {"str(DAEmailRecipient('r', name='x', address=''))", "x"},
		{"len(DAEmailRecipientList('rr', [{'name': 'a', 'address': 'b'}]).elements)", "1"},
		{"str(DAModel('m', 'cat'))", "cat"}, {"raise_it()", "wants raise_it"},
		{"SimpleTextMachineLearner(group_id='x').predict('cat'), SimpleTextMachineLearner().reset()", "([], None)"},
	})
	s.place.Inside = "docx"
	s.said([][2]string{{"str(c3), str(c)", "('w', 'd')"}, {"Individual('i', name='Al').possessive('x')", "Al\u2019s x"}})
	s.book.Push("me", evaluation.Pending{Action: "b", Breadcrumb: "Second"}, evaluation.Pending{Action: "a"},
		evaluation.Pending{Action: "_da_list_complete", Arguments: map[string]python.Value{}})
	s.said([][2]string{{"crumbs.show()", `<nav class="da-breadcrumb mt-2" aria-label="breadcrumb"><ol class="breadcrumb"><li class="breadcrumb-item active">a</li><li class="breadcrumb-item">Second</li></ol></nav>`}})
}

func TestValidationError(t *testing.T) {
	s := open(t)
	_, err := s.try("raise DAValidationError('too old', field='age')")
	r, ok := python.AsRaised(err)
	if !ok || r.Error() != "DAValidationError: too old" {
		t.Fatal(err)
	}
	if v, _ := r.Value().Attrs.Get("field"); v == nil || s.run("try:\n    raise DAValidationError('a', field='b')\nexcept DAValidationError as err:\n    got = str(err) + err.field\ngot") != "ab" {
		t.Errorf("field %v", v)
	}
}

func TestRelations(t *testing.T) {
	s := open(t)
	s.run(`
tree = RelationshipTree('tree')
al = tree.new(Individual, name='Al')
bo = tree.new(Individual, name='Bo')
cy = tree.new(Individual, name='Cy')
rel = tree.add_relationship_dir(parent=al, child=bo, relationship_type='child')
al.set_relationship(cy, 'child', 'parent', tree)
bo.set_peer_relationship(cy, 'sibling', tree)
0`)
	s.said([][2]string{
		{"al.instanceName", "tree.leaf[0]"}, {"tree.add_relationship_dir(parent=al, child=bo, relationship_type='child') is rel", "True"},
		{"al.is_relation(bo, 'child', tree), bo.is_relation(al, 'child', tree, self_is='parent')", "(True, False)"},
		{"str(al.get_relation('child', tree, count=2))", "Bo and Cy"}, {"str(bo.get_relation('child', tree))", "Al"},
		{"bo.is_peer_relation(cy, 'sibling', tree), str(cy.get_peer_relation('sibling', tree)), al.get_peer_relation('sibling', tree)", "(True, 'Bo', None)"},
		{"len(list(tree.query_dir(involves=al))), len(list(tree.query_dir(lambda y: y.child is cy)))", "(2, 1)"},
		{"len(list(tree.query_dir(tree._or(child=cy, parent=bo))))", "1"}, {"len(list(tree.query_dir(involves=[al, bo])))", "1"},
		{"tree.delete_dir(rel)\nal.is_relation(bo, 'child', tree)", "False"},
		{"cy.get_relation('child', tree, self_is='parent', create=True)", "wants tree.leaf[2].new_relation['child'].name.first"},
		{"cy.new_relation['child'].name.first = 'Di'\nstr(cy.get_relation('child', tree, self_is='parent', create=True))", "Di"},
		{"str(tree.leaf[3]), tree.leaf[3].instanceName", "('Di', 'tree.leaf[3]')"},
	})
}

func TestLegal(t *testing.T) {
	s := open(t)
	s.run(`
case = Case('case')
case.plaintiff.appendObject().name.first = 'Pat'
case.plaintiff.gathered = True
case.defendant.appendObject().name.first = 'Dee'
case.defendant.gathered = True
case.court.name = 'Court of X'
case.case_id = '12-3'
filing = LegalFiling('filing', case=case, title='Motion')
other = Individual('other', name='O')
0`)
	s.said([][2]string{
		{"filing.caption()", "[BOLDCENTER] In the Court of X\n\n[BEGIN_CAPTION]Pat,[NEWLINE][TAB][TAB]Plaintiff[NEWLINE] [SKIPLINE][TAB]v. [NEWLINE][SKIPLINE] Dee,[NEWLINE][TAB][TAB]Defendant[VERTICAL_LINE]Case No. 12-3[END_CAPTION]\n\n[BOLDCENTER] MOTION\n"},
		{"str(case), case.case_id_in_caption()", "('12-3', 'Case No. 12-3')"}, {"str(filing), str(case.court)", "('Motion', 'Court of X')"},
		{"case.role_of(case.plaintiff[0]), case.role_of(case.defendant[0]), case.role_of(other)", "('plaintiff', 'defendant', 'third party')"},
		{"len(case.parties()), len(case.all_known_people())", "(2, 2)"}, {"case.firstParty is case.plaintiff", "True"},
		{"case.set_action_type('petition')\ncase.firstParty.instanceName, case.secondParty.instanceName, case.is_solo_action", "('case.petitioner', 'case.respondent', True)"},
		{"case.set_action_type('in re')\nhasattr(case, 'secondParty')", "False"}, {"str(Case('q'))", "wants q.case_id"},
		{"case.court.in_the_court()", "In the Court of X"}, {"len(us_districts()), len(us_districts(bankruptcy=True))", "(94, 93)"},
		{"run_hook('in_the_court', [])", "None"},
	})
}

// FuzzSource: whatever is in a file of the sources folder, reading it ends in
// objects or in an error for the author.
func FuzzSource(f *testing.F) {
	for _, seed := range []string{"a: [1, {b: c}]\n---\n- x", "<<: {a: 1}", "object: Thing\nitem: {name: x}", "&a [*a]", "{\"a\": [1.5e3]}", "? [1]\n: 2", "a: !!str 1\nb: 0x"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, yaml bool) {
		s := open(t)
		name := map[bool]string{true: "x.yml", false: "x.json"}[yaml]
		s.files = map[string]string{"sources/" + name: text}
		if _, err := s.try("objects_from_file('" + name + "', name='x', use_objects=True)\n0"); err != nil {
			if _, raised := python.AsRaised(err); !raised {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}
