package words_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// closet keeps values for one test.
type closet struct {
	values  map[evaluation.Spot]map[string]python.Value
	records map[string][]evaluation.Written
	n       int64
	shots   []string
}

func (c *closet) shelf(s evaluation.Spot) map[string]python.Value {
	s.Encrypted = false
	if c.values[s] == nil {
		c.values[s] = map[string]python.Value{}
	}
	return c.values[s]
}

func (c *closet) Get(th *python.Thread, s evaluation.Spot, key string) (python.Value, bool, error) {
	v, ok := c.shelf(s)[key]
	if !ok {
		return nil, false, nil
	}
	v, err := python.DeepCopy(th, v, nil)
	return v, true, err
}

func (c *closet) Set(s evaluation.Spot, key string, v python.Value) error {
	c.shelf(s)[key] = v
	return nil
}

func (c *closet) Delete(s evaluation.Spot, key string) error {
	delete(c.shelf(s), key)
	return nil
}

func (c *closet) Has(s evaluation.Spot, key string) (bool, error) {
	_, ok := c.shelf(s)[key]
	return ok, nil
}

func (c *closet) Keys(s evaluation.Spot) (keys []string, _ error) {
	for key := range c.shelf(s) {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys, nil
}

func (c *closet) Shared(_ *python.Thread, s evaluation.Spot, key string) (*python.Dict, error) {
	if c.shelf(s)[key] == nil {
		c.shelf(s)[key] = python.NewDict()
	}
	return c.shelf(s)[key].(*python.Dict), nil
}

func (c *closet) AddRecord(key string, v python.Value) (int64, error) {
	c.n++
	c.records[key] = append(c.records[key], evaluation.Written{ID: c.n, Value: v})
	return c.n, nil
}

func (c *closet) Records(_ *python.Thread, key string) ([]evaluation.Written, error) {
	return c.records[key], nil
}

func (c *closet) DropRecord(key string, id int64) error {
	c.records[key] = slices.DeleteFunc(c.records[key], func(w evaluation.Written) bool { return w.ID == id })
	return nil
}

func (c *closet) Snapshot(key, json string, persistent bool) error {
	c.shots = append(c.shots, key+" "+json)
	return nil
}

func (f *fake) Keeping() evaluation.Keeping {
	if f.kept == nil {
		f.kept = &closet{values: map[evaluation.Spot]map[string]python.Value{}, records: map[string][]evaluation.Written{}}
	}
	return f.kept
}

// readTable reads the sections of a table and plays them; it returns how many
// rows there were.
func readTable(t *testing.T, file string) (rows int) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, section := range bytes.Split(text, []byte("\n== "))[1:] {
		title, body, _ := strings.Cut(string(section), "\n")
		t.Run(title, func(t *testing.T) {
			s := open(t)
			for _, line := range strings.Split(body, "\n") {
				if code, ok := strings.CutPrefix(line, "! "); ok {
					s.must(lines(code) + "\n0")
					continue
				}
				code, want, ok := strings.Cut(line, " => ")
				if !ok {
					if line != "" {
						t.Errorf("no row: %s", line)
					}
					continue
				}
				rows++
				if got := strings.ReplaceAll(s.said(lines(code)), "\n", `\n`); got != want {
					t.Errorf("%s\n got %s\nwant %s", code, got, want)
				}
			}
		})
	}
	return rows
}

// lines writes the lines of a row apart from one another.
func lines(code string) string {
	var out []string
	for _, line := range strings.Split(code, " ;; ") {
		out = append(out, strings.TrimRight(line, " "))
	}
	return strings.Join(out, "\n")
}

// What the documentation of the functions says, row by row.
func TestDocumentedFunctions(t *testing.T) {
	if n := readTable(t, "testdata/functions.txt"); n < 200 {
		t.Errorf("there are %d rows", n)
	}
}

// The Python that interviews use.
func TestPythonSurface(t *testing.T) {
	if n := readTable(t, "testdata/surface.txt"); n < 100 {
		t.Errorf("there are %d rows", n)
	}
}

func TestSnapshotsAreJSON(t *testing.T) {
	s := open(t)
	s.must("o = DAObject('o', text='a\\x00b\\\\u0000', n=2)\nstore_variables_snapshot()\nstore_variables_snapshot({1: o.text}, key='k')\n0")
	want := []string{` {"o":{"_class":"docassemble.base.util.DAObject","instanceName":"o","n":2,"text":"a\ufffdb\\u0000"}}`, `k {"1":"a\ufffdb\\u0000"}`}
	for i, shot := range s.kept.shots {
		if got := strings.Join(strings.Fields(shot), ""); got != strings.Join(strings.Fields(want[i]), "") {
			t.Errorf("snapshot %d is %s, want %s", i, got, want[i])
		}
	}
	if len(s.kept.shots) != 2 {
		t.Errorf("snapshots: %v", s.kept.shots)
	}
}

// Nothing is kept by a request that may leave nothing behind.
func TestSnapshotsOfNobody(t *testing.T) {
	s := open(t)
	s.th = python.NewThread(context.Background(), python.Options{Loader: loader{must(load())(t)}})
	t.Cleanup(s.th.Close)
	if _, err := s.eval("store_variables_snapshot()"); err == nil || errors.Is(err, evaluation.ErrReadonly) {
		t.Errorf("a module that is imported gives out a snapshot: %v", err)
	}
}

func must[V any](v V, err error) func(testing.TB) V {
	return func(t testing.TB) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
