package differential

import (
	"slices"
	"testing"

	"colloquy/engine/python"
)

// Options say where programs are and what they find.
type Options struct {
	Dir    string // holds a folder per area
	Area   string // only this area; empty: all
	Record bool   // write what CPython does instead of comparing

	Load python.Loader // modules other than the program's own; may be nil
	// Names are bound in every module before it runs. Prelude is Python that
	// defines them for CPython, run before the program.
	Names   map[string]python.Value
	Prelude string
	Local   any // of the threads: Thread.Local
}

// Run compares the programs with CPython, one subtest for each, or records.
func Run(t *testing.T, opts Options) {
	t.Helper()
	all, err := readTopics(opts.Dir)
	if err != nil {
		t.Fatal(err)
	}
	checkShapes(t, all)
	topics := slices.DeleteFunc(all, func(tp *topic) bool { return opts.Area != "" && tp.area != opts.Area })
	if len(topics) == 0 {
		t.Fatalf("no programs in %s %s", opts.Dir, opts.Area)
	}
	if opts.Record {
		recordTopics(t, opts.Prelude, topics)
	}
	count(t, topics)
	for _, topic := range topics {
		for _, p := range topic.programs {
			t.Run(topic.area+"/"+p.slug, func(t *testing.T) {
				t.Parallel()
				check(t, &opts, topic, p)
			})
		}
	}
}

func recordTopics(t *testing.T, prelude string, topics []*topic) {
	t.Helper()
	var programs []*program
	for _, topic := range topics {
		programs = append(programs, topic.programs...)
	}
	recorded, err := record(prelude, programs)
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range topics {
		if err := topic.write(recorded); err != nil {
			t.Fatal(err)
		}
	}
}

// check runs one program.
func check(t *testing.T, opts *Options, topic *topic, p *program) {
	t.Helper()
	if !p.has {
		t.Fatalf("%s: %s is not recorded", topic.path, p.slug)
	}
	got := run(opts, p)
	switch {
	case topic.differs && got == p.want:
		t.Errorf("%s: %s does not differ any more: move it to the others", topic.path, p.slug)
	case !topic.differs && got != p.want:
		t.Errorf("%s\n%s--- ours\n%s--- CPython\n%s", topic.path, p.source(), got, p.want)
	}
}

// checkShapes finds programs that say the same in other words.
func checkShapes(t *testing.T, topics []*topic) {
	t.Helper()
	first := map[string]string{}
	for _, topic := range topics {
		for _, p := range topic.programs {
			name, shape := topic.path+": "+p.slug, p.shape()
			if other, twice := first[shape]; twice {
				t.Errorf("%s has the shape of %s", name, other)
				continue
			}
			first[shape] = name
		}
	}
}

// count logs how many programs there are.
func count(t *testing.T, topics []*topic) {
	t.Helper()
	all, differing := 0, 0
	areas, perArea := []string{}, map[string]int{}
	for _, topic := range topics {
		if perArea[topic.area] == 0 {
			areas = append(areas, topic.area)
		}
		perArea[topic.area] += len(topic.programs)
		all += len(topic.programs)
		if topic.differs {
			differing += len(topic.programs)
		}
	}
	for _, area := range areas {
		t.Logf("%5d %s", perArea[area], area)
	}
	t.Logf("%5d in all, %d of them known to differ", all, differing)
}
