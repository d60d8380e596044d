package stdlib_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
	"colloquy/engine/python/syntax"
)

// eval returns the value of an expression, with all modules it names imported.
func eval(t *testing.T, th *python.Thread, imports, expr string) python.Value {
	t.Helper()
	ns := python.NewNamespace(nil)
	if _, err := compile(t, "imports.py", imports).Run(th, ns); err != nil {
		t.Fatal(err)
	}
	e, err := syntax.ParseExpr("expr", expr, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.CompileExpr(e, python.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := code.Run(th, ns)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func thread(t testing.TB, lib *stdlib.Library, local any) *python.Thread {
	th := python.NewThread(context.Background(), python.Options{Loader: lib, Local: local})
	t.Cleanup(th.Close)
	return th
}

// persistent is what package session asks of values written in Go.
type persistent interface {
	python.Value
	Persist() python.Value
}

// plain fails if stored data holds anything but what a codec knows itself.
func plain(t *testing.T, v python.Value) {
	t.Helper()
	switch v := v.(type) {
	case python.NoneType, python.Bool, python.Int, *python.Big, python.Float, *python.Str, *python.Bytes:
	case *python.Tuple:
		for _, e := range v.Elems {
			plain(t, e)
		}
	default:
		t.Errorf("stored data holds a %T", v)
	}
}

func TestPersistAndRestore(t *testing.T) {
	lib := stdlib.New()
	th := thread(t, lib, nil)
	const imports = "from datetime import *\nfrom zoneinfo import ZoneInfo\nfrom decimal import Decimal\nimport re, random"
	for _, tt := range []struct{ class, expr string }{
		{"datetime.date", "date(2024, 2, 29)"},
		{"datetime.time", "time(1, 2, 3, 4)"},
		{"datetime.time", "time(1, tzinfo=timezone(timedelta(hours=-3, minutes=-30), 'x'), fold=1)"},
		{"datetime.datetime", "datetime(2024, 2, 29, 1, 2, 3, 4)"},
		{"datetime.datetime", "datetime(2024, 11, 3, 1, 30, fold=1, tzinfo=ZoneInfo('America/New_York'))"},
		{"datetime.datetime", "datetime(2024, 1, 1, tzinfo=timezone.utc)"},
		{"datetime.timedelta", "timedelta(days=-5, seconds=3, microseconds=7)"},
		{"datetime.timedelta", "timedelta.max"},
		{"datetime.timezone", "timezone(timedelta(hours=5, minutes=45))"},
		{"datetime.timezone", "timezone.utc"},
		{"zoneinfo.ZoneInfo", "ZoneInfo('Asia/Tokyo')"},
		{"decimal.Decimal", "Decimal('-1.50')"},
		{"decimal.Decimal", "Decimal('NaN')"},
		{"re.Pattern", "re.compile('(?P<a>x)|y', re.I | re.M)"},
	} {
		t.Run(tt.expr, func(t *testing.T) {
			v := eval(t, th, imports, tt.expr)
			p, ok := v.(persistent)
			if !ok {
				t.Fatalf("a %T cannot be stored", v)
			}
			if got := v.Class().QualifiedName(); got != tt.class {
				t.Errorf("class is %s", got)
			}
			if c := lib.Class(tt.class); c != v.Class() {
				t.Errorf("Class(%q) = %v", tt.class, c)
			}
			data := p.Persist()
			plain(t, data)
			back, err := lib.Restore(tt.class, data)
			if err != nil {
				t.Fatal(err)
			}
			was, _ := th.Repr(v)
			is, err := th.Repr(back)
			if err != nil || was.String() != is.String() || back.Class() != v.Class() {
				t.Errorf("restored %s as %s, %v", was, is, err)
			}
		})
	}
}

func TestRestoreGenerator(t *testing.T) {
	lib := stdlib.New()
	th := thread(t, lib, nil)
	v := eval(t, th, "import random", "random.Random(5)._source").(persistent)
	back, err := lib.Restore("random.generator", v.Persist())
	if err != nil {
		t.Fatal(err)
	}
	a, _ := th.CallMethod(v, "random")
	b, err := th.CallMethod(back, "random")
	if err != nil || a != b {
		t.Errorf("a restored generator goes on with %v, not %v (%v)", b, a, err)
	}
}

func TestRestoreRefusesOtherData(t *testing.T) {
	lib := stdlib.New()
	bad := []python.Value{python.None, python.NewTuple(), python.NewTuple(python.Int(2024), python.Int(13)),
		python.NewTuple(python.NewStr("x"), python.None), python.NewStr("Nowhere/Land"), python.NewList(), python.Int(5),
		python.NewTuple(python.NewStr("("), python.Int(0))}
	for _, class := range []string{"datetime.date", "datetime.time", "datetime.datetime", "datetime.timedelta", "datetime.timezone",
		"zoneinfo.ZoneInfo", "decimal.Decimal", "re.Pattern", "no.such"} {
		for _, data := range bad {
			if v, err := lib.Restore(class, data); err == nil {
				t.Errorf("%s was restored from %T as %T", class, data, v)
			}
		}
	}
}

func TestClass(t *testing.T) {
	lib := stdlib.New()
	for _, name := range []string{"collections.OrderedDict", "collections.Counter", "collections.deque", "enum.Enum", "fractions.Fraction",
		"uuid.UUID", "types.SimpleNamespace", "_io.StringIO", "random.Random", "functools.partial", "json.decoder.JSONDecodeError"} {
		if c := lib.Class(name); c == nil || c.QualifiedName() != name {
			t.Errorf("Class(%q) = %v", name, c)
		}
	}
	for _, name := range []string{"", "nope", "no.such", "collections.no", "math.pi", "os.path"} {
		if c := lib.Class(name); c != nil {
			t.Errorf("Class(%q) = %v", name, c)
		}
	}
}

func TestLoad(t *testing.T) {
	lib := stdlib.New()
	th := thread(t, lib, nil)
	if _, err := lib.Load(th, "no_such_module", ""); !python.IsException(err, python.ModuleNotFoundError) {
		t.Errorf("an unknown module gives %v", err)
	}
	a, err := lib.Load(th, "json", "")
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := lib.Load(th, "json", ""); a != b {
		t.Error("a module was built twice")
	}
}

// TestEveryModule imports each module by itself, in a library of its own.
func TestEveryModule(t *testing.T) {
	files, err := filepath.Glob("prelude/*.py")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	names := strings.Fields(`base64 binascii copy datetime decimal hashlib html importlib itertools json math operator random re sys time
		urllib.parse zoneinfo subprocess tempfile shutil glob socket smtplib sqlite3`)
	for _, f := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(f), ".py"))
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		lib := stdlib.New()
		if _, err := lib.Load(thread(t, lib, nil), name, ""); err != nil {
			t.Errorf("import %s: %v", name, err)
		}
	}
}

func TestRefusedModules(t *testing.T) {
	lib := stdlib.New()
	th := thread(t, lib, nil)
	for _, call := range []string{"subprocess.run(['ls'])", "os.system('ls')", "os.remove('x')", "os.listdir('/')", "tempfile.mkstemp()",
		"io.open('/etc/passwd')", "logging.FileHandler('x')", "threading.Thread()", "shutil.rmtree('/')"} {
		mod, _, _ := strings.Cut(call, ".")
		ns := python.NewNamespace(nil)
		_, err := compile(t, "refused.py", "import "+mod+"\n"+call).Run(th, ns)
		if !python.IsException(err, python.PermissionError) {
			t.Errorf("%s gives %v", call, err)
		}
	}
}

// surroundings are an evaluation's clock and chance.
type surroundings struct {
	now time.Time
	rnd *rand.Rand
}

func (s surroundings) Now() time.Time     { return s.now }
func (s surroundings) Random() *rand.Rand { return s.rnd }

func TestClockAndChance(t *testing.T) {
	lib := stdlib.New()
	here := func() *python.Thread {
		return thread(t, lib, surroundings{time.Date(2020, 1, 2, 3, 4, 5, 6000, time.UTC), rand.New(rand.NewPCG(1, 2))})
	}
	for _, tt := range []struct{ imports, expr, want string }{
		{"import datetime", "datetime.datetime.now()", "datetime.datetime(2020, 1, 2, 3, 4, 5, 6)"},
		{"import datetime", "datetime.date.today()", "datetime.date(2020, 1, 2)"},
		{"import datetime", "datetime.datetime.now(datetime.timezone.utc).timestamp()", "1577934245.000006"},
		{"import time", "time.time()", "1577934245.000006"},
		{"import time", "time.strftime('%Y %Z')", "'2020 UTC'"},
	} {
		got, err := here().Repr(eval(t, here(), tt.imports, tt.expr))
		if err != nil || got.String() != tt.want {
			t.Errorf("%s is %s, want %s (%v)", tt.expr, got, tt.want, err)
		}
	}
	const draw = "[random.randint(0, 10**6), random.choice('abcdefgh'), random.random()]"
	a, _ := here().Repr(eval(t, here(), "import random", draw))
	b, _ := here().Repr(eval(t, here(), "import random", draw))
	if a.String() != b.String() {
		t.Errorf("the same chance gave %s and %s", a, b)
	}
}

func TestSleepIsBounded(t *testing.T) {
	lib := stdlib.New()
	_, err := compile(t, "sleep.py", "import time\ntime.sleep(2)").Run(thread(t, lib, nil), python.NewNamespace(nil))
	if !python.IsException(err, python.RuntimeError) || !strings.Contains(err.Error(), "background action") {
		t.Errorf("a long sleep gives %v", err)
	}
}

// TestOutsideStaysOutside passes text from outside through the modules that
// work on text.
func TestOutsideStaysOutside(t *testing.T) {
	lib := stdlib.New()
	for _, tt := range []struct{ expr, want string }{
		{"json.loads('[\"' + x + '\"]')[0]", "[<b>]"},
		{"json.dumps(['a', x])", `["a", "[<b>]"]`},
		{"re.sub('b', '-', 'ab' + x)", "a-[<]-[>]"},
		{"re.sub('a', x, 'bab')", "b[<b>]b"},
		{"re.sub('a', lambda m: x, 'a.')", "[<b>]."},
		{"re.search('.b', 'q' + x).group()", "[<b]"},
		{"re.split('b', 'abc' + x)[1]", "c[<]"},
		{"re.findall('<.', 'ab' + x)[0]", "[<b]"},
		{"re.escape('.' + x)", `\.[<b>]`},
		{"html.escape('<' + x)", "&lt;[&lt;b&gt;]"},
		{"textwrap.fill('one ' + x, 10)", "one [<b>]"},
		{"string.Template('a $n').substitute(n=x)", "a [<b>]"},
		{"base64.b64decode(base64.b64encode(x.encode())).decode()", "[<b>]"},
		{"buffer(x)", "a[<b>]"},
		{"next(csv.reader(['q,' + x]))[1]", "[<b>]"},
		{"urllib.parse.unquote(urllib.parse.quote(x))", "[<b>]"},
		{"datetime.date(2020, 1, 1).strftime('%Y' + x)", "[2020<b>]"},
		{"posixpath.basename('a/' + x)", "[<b>]"},
		{"copy.deepcopy([x])[0]", "[<b>]"},
	} {
		th := thread(t, lib, nil)
		ns := python.NewNamespace(nil)
		ns.Set("x", python.Outside("<b>"))
		const imports = `import json, re, html, textwrap, string, base64, io, csv, urllib.parse, datetime, copy, os.path as posixpath
def buffer(x):
    out = io.StringIO()
    out.write('a')
    out.write(x)
    return out.getvalue()
`
		v, err := compile(t, "outside.py", imports+tt.expr).Run(th, ns)
		if err != nil {
			t.Errorf("%s: %v", tt.expr, err)
			continue
		}
		s, ok := v.(*python.Str)
		if !ok {
			t.Errorf("%s is a %T", tt.expr, v)
			continue
		}
		if got := marked(s); got != tt.want {
			t.Errorf("%s is %s, want %s", tt.expr, got, tt.want)
		}
	}
}

// marked shows what is from outside in brackets.
func marked(s *python.Str) string {
	var out strings.Builder
	at := 0
	for _, p := range s.Spans() {
		out.WriteString(s.String()[at:p.From] + "[" + s.String()[p.From:p.To] + "]")
		at = p.To
	}
	return out.String() + s.String()[at:]
}

func TestSlowPatternStops(t *testing.T) {
	lib := stdlib.New()
	start := time.Now()
	src := "import re\nre.search(r'(x+x+)+y', 'x' * 60)"
	_, err := compile(t, "slow.py", src).Run(thread(t, lib, nil), python.NewNamespace(nil))
	if !python.IsException(err, python.TimeoutError) || time.Since(start) > 10*time.Second {
		t.Errorf("a pattern without end gives %v after %s", err, time.Since(start))
	}
}

func TestBudgetsHold(t *testing.T) {
	lib := stdlib.New()
	for _, src := range []string{
		"import itertools\nfor x in itertools.count(): pass",
		"import itertools\nlist(itertools.repeat(1))",
		"import itertools\nlist(itertools.product(range(1000), repeat=5))",
		"import itertools\nlist(itertools.cycle([1]))",
		"import json\nx = []\nfor i in range(30): x = [x, x]\njson.dumps(x)",
	} {
		th := python.NewThread(context.Background(), python.Options{Loader: lib, Limits: python.Limits{Steps: 1_000_000, Bytes: 64 << 20}})
		_, err := compile(t, "budget.py", src).Run(th, python.NewNamespace(nil))
		th.Close()
		var over *python.BudgetError
		if !errors.As(err, &over) && !python.IsException(err, python.MemoryError) {
			t.Errorf("%s\ngives %v", src, err)
		}
	}
}

// TestTwoThreadsShare runs programs side by side on one library: what one
// changes, the other does not see.
func TestTwoThreadsShare(t *testing.T) {
	lib := stdlib.New()
	code := compile(t, "shared.py", `
import random, collections, logging, json, re, datetime, os, decimal, functools, enum
before = dict(os.environ), logging.getLogger().level, decimal.getcontext().prec
random.seed(3)
os.environ['A'] = 'b'
logging.getLogger().setLevel(10)
logging.getLogger('x.y').info('hello')
decimal.getcontext().prec = 5
class Color(enum.Enum):
    RED = 1
c = collections.Counter()
for i in range(200):
    c[re.sub('[0-4]', 'low', str(i % 10))] += 1
    json.loads(json.dumps({'when': datetime.datetime(2020, 1, 1 + i % 28).isoformat()}))
print(before, c.most_common(3), random.random(), decimal.Decimal(1) / 3, Color.RED)
`)
	const runs = 4
	var wg sync.WaitGroup
	out := make([]string, runs)
	for i := range runs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var b bytes.Buffer
			th := python.NewThread(context.Background(), python.Options{Loader: lib, Print: func(s string) { b.WriteString(s) }})
			defer th.Close()
			if err := python.NewModule("__main__").Run(th, code); err != nil {
				t.Error(err)
			}
			out[i] = b.String()
		}()
	}
	wg.Wait()
	if !strings.HasPrefix(out[0], "hello\n({}, 30, 28) ") && !strings.Contains(out[0], "({}, 30, 28)") {
		t.Errorf("got %q", out[0])
	}
	for _, o := range out[1:] {
		if o != out[0] {
			t.Errorf("one thread printed %q, another %q", out[0], o)
		}
	}
}

// TestRecorded checks that every program has a recording.
func TestRecorded(t *testing.T) {
	programs, _ := filepath.Glob("testdata/*.py")
	for _, p := range programs {
		if info, err := os.Stat(strings.TrimSuffix(p, ".py") + ".out"); err != nil || info.Size() == 0 {
			t.Errorf("%s has no recording", p)
		}
	}
}
