package objects_test

import "testing"

func TestNamesOfObjects(t *testing.T) {
	s := open(t)
	s.run(`
foo = DAObject()
lost = [DAObject()]
foo.bar = DAObject()
foo.bar.baz = DAObject()
alias = foo.bar
bag = DAObject()
bag.inner = DAObject()
l = DAList('l')
l.append(DAObject())
l[1] = DAObject()
d = DADict('d')
d['x'] = DAObject()
d.initializeObject('y')
moved = DAObject('elsewhere')
l.append(moved)
0`)
	s.said([][2]string{
		{"foo.instanceName", "foo"}, {"len(lost[0].instanceName)", "12"}, {"lost[0].has_nonrandom_instance_name", "False"},
		{"foo.has_nonrandom_instance_name", "True"}, {"alias.instanceName", "foo.bar"}, {"foo.bar.baz.instanceName", "foo.bar.baz"},
		{"l[0].instanceName", "l[0]"}, {"l[1].instanceName", "l[1]"}, {"len(d['x'].instanceName)", "12"},
		{"d['y'].instanceName", "d['y']"}, {"l[2].instanceName", "elsewhere"}, {"alias.nose", "wants foo.bar.nose"},
		{"foo.attr_name('x')", "foo.x"}, {"d[3]", "wants d[3]"}, {"d['it\\'s']", `wants d["it's"]`},
		{"l[7]", "wants l[7]"}, {"repr(foo)", "<DAObject foo>"},
		{"foo.copy_deep('twin').bar.baz.instanceName", "twin.bar.baz"}, {"foo.bar.baz.instanceName", "foo.bar.baz"},
		{"foo.copy_shallow('twin').bar.instanceName", "foo.bar"}, {"foo.copy_shallow('twin').instanceName", "twin"},
		{"l.copy_deep('m')[1].instanceName", "m[1]"}, {"l.copy_deep('m')[2].instanceName", "m[2]"},
		{"d.copy_deep('e')['y'].instanceName", "e['y']"},
		{"lost[0].set_instance_name('found')\nlost[0].instanceName", "found"}, {"lost[0].set_instance_name('again')\nlost[0].instanceName", "found"},
		{"bag.fix_instance_name('bag', 'box')\nbag.inner.instanceName", "box.inner"},
		{"bag.raise_undefined_attribute_error('q')", "wants box.q"}, {"d.raise_undefined_index_error('q')", "wants d['q']"},
	})
}

func TestAttributes(t *testing.T) {
	s := open(t)
	s.run(`
o = DAObject('o', color='red')
class Twice(DAObject):
    def init(self, *pargs, **kwargs):
        self.size = 1
        super().init(*pargs, **kwargs)
    @property
    def double(self):
        return self.length * 2
    @property
    def half(self):
        return self._half
    @half.setter
    def half(self, value):
        self._half = value
t = Twice('t', size=5)
0`)
	s.said([][2]string{
		{"o.color", "red"}, {"o.initializeAttribute('part', Thing)\no.part.instanceName", "o.part"},
		{"o.initializeAttribute('part', Person)\ntype(o.part).__name__", "Thing"}, {"dir(o)", "['part']"},
		{"o.reInitializeAttribute('part', Person.using(age=5), age=6)\no.part.age", "6"},
		{"o.reInitializeAttribute('part', Person.using(age=5))\no.part.age", "5"},
		{"o.initializeAttribute('part')", "error: DAError: initializeAttribute: two arguments are needed, the name and the class"},
		{"o.delattr('color', 'none')\nhasattr(o, 'color')", "False"},
		{"DAObject('x', kind='b').alternative('kind', a=1, b=2)", "2"}, {"DAObject('x', kind='c').alternative('kind', a=1, default=3)", "3"},
		{"DAObject('x', kind='c').alternative('kind', _default=4, default=3)", "4"}, {"DAObject('x').alternative('kind')", "wants x.kind"},
		{"t.size", "5"}, {"t.double", "wants t.length"}, {"hasattr(t, 'double')", "False"}, {"t.length = 4\nt.double", "8"},
		{"t.half = 3\nt.half", "3"},
		{"o == o", "True"}, {"DAObject('q') == DAObject('q')", "False"}, {"len({o, o})", "1"},
		{"[str(x) for x in sorted([Thing('b', name='pear'), Thing('c', name='fig')])]", "['fig', 'pear']"},
		{"bool(o)", "True"}, {"Twice.__module__ == 'docassemble.base.util'", "False"},
		{"Individual.__module__ + ' ' + Court.__module__", "docassemble.base.util docassemble.base.legal"},
		{"o.invalidate_attr('part')\nhasattr(o, 'part')", "False"},
		{"o.getattr_fresh('nothing')", "wants o.nothing"},
	})
	if _, ok := s.book.Dirty["o.part"]; !ok {
		t.Error("an invalidated attribute is not remembered")
	}
}

func TestSerializable(t *testing.T) {
	s := open(t)
	s.run(`
o = DAObject('o', a=1, b=None, c={1, 2}, d=(1, 'x'), e=Individual, f=str, g=len, h={1: 2, 'x': 3}, i={2: True})
o.me = o
l = DAList('l', elements=[1, 'x'])
f = DAObject('f', e=DAEmpty())
t = DALazyTemplate('t', 'block', {'x': 5})
nav = DANav('nav')
nav.set_section('b')
nav.set_section('a')
0`)
	s.said([][2]string{
		{"list(l.as_serializable())", "['_class', 'instanceName', 'elements', 'auto_gather', 'ask_number', 'minimum_number', 'there_are_any', 'gathered', 'revisit', 'object_type', 'object_type_parameters', 'complete_attribute', 'ask_object_type']"},
		{"l.as_serializable()['elements']", "[1, 'x']"}, {"l.as_serializable()['_class']", "docassemble.base.util.DAList"},
		{"o.as_serializable()['c']", "[1, 2]"}, {"o.as_serializable()['d']", "(1, 'x')"},
		{"o.as_serializable()['e']", "{'_class': 'type', 'name': 'docassemble.base.util.Individual'}"},
		{"[o.as_serializable()[k] for k in 'fg']", "['None', None]"}, {"o.as_serializable()['h']", "{'1': 2, 'x': 3}"},
		{"o.as_serializable()['i']", "{2: True}"}, {"o.as_serializable()['me']['me']['a']", "1"},
		{"f.as_serializable()['e']", "{'_class': 'docassemble.base.util.DAEmpty', 'str': ''}"},
		{"t.as_serializable()", "{'_class': 'docassemble.base.util.DALazyTemplate', 'instanceName': 't'}"},
		{"DAObject('x', n=nav).as_serializable()['n']", "{'past': ['a', 'b'], 'current': 'a', 'hidden': False, 'progressive': True}"},
		{"list(DASet('s', elements={1}).as_serializable())", "['_class', 'instanceName', 'elements', 'auto_gather', 'ask_number', 'minimum_number', 'there_are_any', 'gathered', 'revisit']"},
		{"list(Individual('p').as_serializable())", "['_class', 'instanceName', 'name', 'address', 'location']"},
		{"transform_json_variables(DAObject('z', q=[1]).as_serializable()).q", "[1]"},
		{"transform_json_variables({'a': [DAObject('z', q=5).as_serializable()]})['a'][0].instanceName", "z"},
		{"transform_json_variables({'_class': 'type', 'name': 'docassemble.base.util.Individual'}) is Individual", "True"},
		{"transform_json_variables('12:30')", "12:30"},
	})
}
