package stdlib_test

import (
	"testing"
	"time"

	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
)

func TestDecimalIsStored(t *testing.T) {
	t.Parallel()
	lib := stdlib.New()
	for _, text := range []string{"0", "-0.00", "1.50", "1E+20", "0E-9", "Infinity", "-Infinity", "NaN", "123456789012345678901234567890.12345"} {
		v := evaluate(t, lib, "from decimal import Decimal\nr = Decimal('"+text+"')", nil)
		d, ok := v.(*stdlib.Decimal)
		if !ok {
			t.Fatalf("Decimal(%q) is a %T", text, v)
		}
		back, err := lib.Restore("decimal.Decimal", d.Persist())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := shown(t, back), shown(t, v); got != want {
			t.Errorf("%s came back as %s", want, got)
		}
	}
	for _, data := range []python.Value{python.Int(1), python.NewStr("x")} {
		if v, err := lib.Restore("decimal.Decimal", data); err == nil {
			t.Errorf("restored %s from %s", shown(t, v), shown(t, data))
		}
	}
}

// TestDecimalContextIsTheThreadsOwn changes the context in one evaluation and
// looks at it in another.
func TestDecimalContextIsTheThreadsOwn(t *testing.T) {
	t.Parallel()
	lib := stdlib.New()
	changed := evaluate(t, lib, "from decimal import *\ngetcontext().prec = 3\ngetcontext().traps[DivisionByZero] = False\nr = (str(Decimal(1) / 3), str(Decimal(1) / 0))", nil)
	if got := shown(t, changed); got != "('0.333', 'Infinity')" {
		t.Errorf("with the changed context: %s", got)
	}
	fresh := evaluate(t, lib, "from decimal import *\ntry:\n    r = Decimal(1) / 0\nexcept ZeroDivisionError:\n    r = (getcontext().prec, str(Decimal(1) / 3), getcontext().flags[DivisionByZero])", nil)
	if got := shown(t, fresh); got != "(28, '0.3333333333333333333333333333', True)" {
		t.Errorf("in another evaluation: %s", got)
	}
	replaced := evaluate(t, lib, "from decimal import *\nsetcontext(Context(prec=2))\nr = str(Decimal(2) / 3)", nil)
	if got := shown(t, replaced); got != "'0.67'" {
		t.Errorf("with a context that was set: %s", got)
	}
}

// TestDecimalOfAnySizeEnds computes with exponents and precisions as large as
// they may be.
func TestDecimalOfAnySizeEnds(t *testing.T) {
	t.Parallel()
	lib := stdlib.New()
	for _, tt := range []struct{ expr, want string }{
		{"D('1E+999999') + 1", "Overflow"}, {"D('1E+999999') * D('1E+999999')", "Overflow"}, {"D(2) ** D('1E+50')", "Overflow"},
		{"D('9' * 100000) ** 1000", "Overflow"}, {"D('1E+999999') // D('1E-999999')", "InvalidOperation"}, {"D('1E+99999') % 7", "InvalidOperation"},
		{"D('1E+999999').quantize(D('1E-999999'))", "InvalidOperation"}, {"D('1E+999999').ln()", "2302582.790408952689972307437"},
		{"D('1E-999999').log10()", "-999999"}, {"D('1E+999999') == D('1E-999999')", "False"}, {"D('1E+999999') > 10 ** 1000", "True"},
		{"len(str(D('1E+999999').__format__('f')))", "1000000"}, {"D('-1e9').exp() == 0", "True"}, {"D('1E+999999999999')", "InvalidOperation"},
		{"D('1E-400000').to_integral_value()", "0"}, {"Context(prec=10 ** 9)", "ValueError"}, {"D('1.0000001') ** (10 ** 9)", "2.688103701264923810505600301E+43"},
	} {
		start := time.Now()
		v := evaluate(t, lib, "from decimal import *\nD = Decimal\ntry:\n    r = str("+tt.expr+")\nexcept Exception as e:\n    r = type(e).__name__", nil)
		if got := shown(t, v); got != "'"+tt.want+"'" {
			t.Errorf("%s is %s, not %s", tt.expr, got, tt.want)
		}
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%s took %v", tt.expr, d)
		}
	}
}
