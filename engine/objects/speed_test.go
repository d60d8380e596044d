package objects_test

import "testing"

// crowd is a list of a hundred people, each with two children.
const crowd = `
people = DAList('people', object_type=Individual, complete_attribute='name.first', there_are_any=True, there_is_another=False)
for n in range(100):
    p = people.appendObject()
    p.name.first = 'Name' + str(n)
    p.name.last = 'Last'
    p.child = DAList(p.instanceName + '.child', object_type=Individual)
    p.child.appendObject().name.first = 'Child'
    p.child.appendObject().name.first = 'Child'
    p.child.gathered = True
0`

func benchmark(b *testing.B, src string) {
	s := open(b)
	s.run(crowd)
	code := compile(b, src)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := code.Run(s.th, s.answers); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGather(b *testing.B) {
	benchmark(b, "people.delattr('gathered')\npeople.there_is_another = False\npeople.gather()")
}
func BenchmarkIterate(b *testing.B) {
	benchmark(b, "people.gather()\nfor p in people:\n    for c in p.child:\n        c.name.first")
}
func BenchmarkStr(b *testing.B)     { benchmark(b, "people.gather()\nstr(people)") }
func BenchmarkIndex(b *testing.B)   { benchmark(b, "people[50].child[1].name.first") }
func BenchmarkMissing(b *testing.B) { benchmark(b, "hasattr(people[50], 'nothing')") }
func BenchmarkConstruct(b *testing.B) {
	benchmark(b, "for n in range(100):\n    Individual('p').name.first = 'x'")
}
func BenchmarkSerial(b *testing.B) { benchmark(b, "people.as_serializable()") }
