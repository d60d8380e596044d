package words_test

import (
	"reflect"
	"testing"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

func TestNames(t *testing.T) {
	s := open(t)
	s.must(`
fruit = 'apple'
tree = DAObject('tree', leaf=DAObject('tree.leaf', color='green'))
people = DAList('people', elements=['a', 'b'], gathered=True, there_are_any=True)
ages = {'fred': 5}
key = 'fred'
0`)
	s.table([][2]string{
		{"defined('fruit')", "True"}, {"defined('pear')", "False"}, {"defined('tree.leaf.color')", "True"}, {"defined('tree.leaf.size')", "False"},
		{"defined('people[1]')", "True"}, {"defined('people[2]')", "False"}, {"defined('people[7].name.first')", "False"},
		{"defined(\"ages['fred']\")", "True"}, {"defined('ages[key]')", "True"}, {"defined('ages[other]')", "False"},
		{"defined('True')", "True"}, {"defined('str')", "True"}, {"defined('5')", "True"}, {"defined(5)", "DAError: defined() must be given a string"},
		{"defined('[]()')", "DAError: defined() must be given a valid Python variable name"}, {"defined('a b')", "False"},
		{"value('fruit')", "'apple'"}, {"value('pear')", "wants pear"}, {"value('tree.leaf.size')", "wants tree.leaf.size"}, {"value('True')", "True"},
		{"value('fruit+1')", "'apple'"}, {"value('f(x)')", "DAError: value() is invalid: f(x)"}, {"value('-3')", "-3"},
		{"showif('fruit', True)", "'apple'"}, {"showif('fruit', False)", "''"}, {"showif('fruit', 0, 'none')", "'none'"}, {"showif('pear', 1)", "wants pear"},
		{"showifdef('fruit')", "'apple'"}, {"showifdef('pear')", "''"}, {"showifdef('pear', 'no pear')", "'no pear'"}, {"showifdef('tree.leaf.size', None)", "None"},
		{"define('pear', 3)\npear", "3"}, {"define('tree.leaf.size', 4)\ntree.leaf.size", "4"}, {"define('people[0]', 'z')\npeople[0]", "'z'"},
		{"define('7up', 3)", "DAError: define() must be given a string as the variable name"}, {"define('f(x)', 3)", "DAError: define(): 'f(x)' is not the name of a variable"},
		{"define('bush.leaf', 3)", "wants bush"},
		{"set_variables({'pear': 5, 'tree.leaf.size': 6})\n[pear, tree.leaf.size]", "[5, 6]"},
		{"undefine('pear', 'nothing', 'tree.leaf.size', 'str', '5')\n[defined('pear'), defined('tree.leaf.size')]", "[False, False]"},
		{"plum = 3\nundefine(n for n in ['plum'])\ndefined('plum')", "False"},
		{"plum = 4\ninvalidate('plum')\ndefined('plum')", "False"},
		{"encode_name('user.name.first')", "'dXNlci5uYW1lLmZpcnN0'"}, {"decode_name('dXNlci5uYW1lLmZpcnN0')", "'user.name.first'"},
		{"decode_name('%%%')", "ValueError: decode_name(): that is not an encoded name"}, {"from_b64_json(None)", "None"},
	})
	if v, ok := s.book.Dirty["plum"]; !ok || v != python.Value(python.Int(4)) {
		t.Errorf("invalidate kept %v", v)
	}
}

func TestPriorAnswers(t *testing.T) {
	s := open(t)
	s.prior = python.NewNamespace(s.answers.Parent())
	s.prior.Set("fig", python.Int(7))
	s.table([][2]string{
		{"defined('fig')", "False"}, {"defined('fig', prior=True)", "True"}, {"value('fig', prior=True)", "7"}, {"value('fig')", "wants fig"},
		{"showifdef('fig', 0, prior=True)", "7"}, {"defined('date', prior=True)", "False"},
	})
}

func TestAllVariables(t *testing.T) {
	s := open(t)
	s.book.Tags = []string{"b", "a"}
	s.book.Parts["title"] = "T"
	s.metadata.SetStr("title", python.NewStr("Meta"))
	s.must("a = {1, 2}\nb = DAObject('b', c=None)\nf = len\nm = json\nK = Individual\n0")
	s.table([][2]string{
		{"all_variables()", "{'a': [1, 2], 'b': {'_class': 'docassemble.base.util.DAObject', 'instanceName': 'b', 'c': None}}"},
		{"sorted(all_variables(include_internal=True)['_internal'])[:3]", "['answered', 'dirty', 'modtime']"},
		{"all_variables(simplify=False)['b'] is b", "True"}, {"all_variables(simplify=False, make_copy=True)['b'] is b", "False"},
		{"all_variables(special='tags') == {'a', 'b'}", "True"}, {"all_variables(special='titles')", "{'title': 'T'}"},
		{"all_variables(special='metadata')['title']", "'Meta'"},
		{"all_variables(special='moon')", "DAError: all_variables: special must be 'titles', 'metadata' or 'tags'"},
	})
}

func TestLogic(t *testing.T) {
	s := open(t)
	s.must("i = 3\npeople = DAList('people', elements=[1], gathered=True)\n0")
	s.table([][2]string{
		{"need(1, 'a')", "True"}, {"need(pear)", "wants pear"},
		{"set_save_status('new')", "None"}, {"set_save_status('sometimes')", "DAError: set_save_status: invalid status; use 'new', 'overwrite' or 'ignore'"},
		{"force_ask('a b')", "DAError: Illegal variable name"}, {"force_gather('f(x)')", "DAError: Illegal variable name"},
		{"reconsider('fish', 'fowl')", "None"}, {"forget_result_of('one', ['two'])", "None"}, {"prevent_going_back()", "None"},
	})
	if !reflect.DeepEqual(s.reconsidered, []string{"fish", "fowl"}) || !reflect.DeepEqual(s.forgotten, []string{"one", "two"}) {
		t.Errorf("reconsidered %v, forgot %v", s.reconsidered, s.forgotten)
	}
	if !s.outcome.PreventBack || s.outcome.Save != evaluation.SaveNew {
		t.Errorf("the outcome is %+v", s.outcome)
	}
	s.must("set_save_status('ignore')\nset_save_status('overwrite')\n0")
	if s.outcome.Save != evaluation.SaveIgnore {
		t.Error("a later status counts after 'ignore'")
	}
	if _, ok := s.signal("re_run_logic()").(*evaluation.Rerun); !ok {
		t.Error("re_run_logic is no rerun")
	}
}

func TestForcing(t *testing.T) {
	s := open(t)
	s.must("i = 3\n0")
	for _, tt := range []struct {
		code, name string
		actions    int
		forget     bool
	}{
		{"force_ask('fish')", "fish", 1, false},
		{"force_ask('fish', 'fowl', forget_prior=True)", "fish", 2, true},
		{"force_ask(n for n in ['fish', 'fowl'])", "fish", 2, false},
		{"force_ask({'recompute': ['fish']}, 'fowl')", "", 2, false},
		{"force_ask('fish', 'fowl', persistent=False)", "fish", 0, false},
		{"force_ask('people[i].name', evaluate=True)", "people[3].name", 1, false},
	} {
		f, ok := s.signal(tt.code).(*evaluation.Force)
		if !ok || f.Name != tt.name || len(f.Actions) != tt.actions || f.ForgetPrior != tt.forget || f.Gather {
			t.Errorf("%s gives %+v", tt.code, f)
		}
	}
	f := s.signal("force_gather('fish', 'fowl')").(*evaluation.Force)
	if f.Name != "fowl" || !f.Gather || len(s.book.Gather) != 2 || s.book.Gather[0].Action != "fish" {
		t.Errorf("force_gather gives %+v with %v", f, s.book.Gather)
	}
	if v := s.book.Gather[0].Context["i"]; v != python.Value(python.Int(3)) {
		t.Errorf("the iterator is remembered as %v", v)
	}
}

func TestDispatch(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"dispatch('choice')", "wants choice"}, {"choice = 'cook'\ndispatch('choice')", "wants cook"},
		{"cook = True\ndispatch('choice')", "wants choice"}, {"[defined('cook'), defined('choice')]", "[False, False]"},
		{"choice = 'None'\ndispatch('choice')", "True"}, {"defined('choice')", "False"},
	})
}

func TestActions(t *testing.T) {
	s := open(t)
	s.table([][2]string{{"action_argument('a')", "None"}, {"action_arguments()", "{}"}, {"action_argument()", "None"}, {"process_action()", "None"}})
	if s.processed != 1 {
		t.Errorf("actions were processed %d times", s.processed)
	}
	list := python.NewList(python.Int(1))
	s.action = &evaluation.Pending{Action: "buy", Arguments: map[string]python.Value{"fruit": python.NewStr("fig"), "n": list,
		"_initial": python.True, "_changed": python.True}}
	s.table([][2]string{
		{"action_argument('fruit')", "'fig'"}, {"action_argument('x')", "None"}, {"action_argument()", "'buy'"},
		{"action_arguments()", "{'fruit': 'fig', 'n': [1]}"}, {"action_arguments()['n'].append(2)\naction_argument('n')", "[1]"},
	})
}
