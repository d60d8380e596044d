package stdlib

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"colloquy/engine/python"
)

// maxDecimalPrec is the largest precision; arithmetic with more digits would
// be too slow.
const maxDecimalPrec = 10_000

// The signals of decimal arithmetic are exception classes. Those after
// decimalSignals are only named in the arguments of others.
var (
	decimalException, clamped, invalidOperation, divisionByZero, inexact, rounded *python.Class
	subnormal, overflow, underflow, floatOperation                                *python.Class
	conversionSyntax, divisionImpossible, divisionUndefined, invalidContext       *python.Class

	decimalSignals []*python.Class

	decimalContextClass, localContextClass *python.Class
	// decimalState holds the context that threads start with.
	decimalState *python.Module
)

// decimalRoundings are the names of the ways of rounding.
var decimalRoundings = map[string]apd.Rounder{
	"ROUND_DOWN": apd.RoundDown, "ROUND_UP": apd.RoundUp, "ROUND_CEILING": apd.RoundCeiling, "ROUND_FLOOR": apd.RoundFloor,
	"ROUND_HALF_UP": apd.RoundHalfUp, "ROUND_HALF_DOWN": apd.RoundHalfDown, "ROUND_HALF_EVEN": apd.RoundHalfEven, "ROUND_05UP": apd.Round05Up,
}

// Context is decimal.Context: how numbers are rounded and what is an error.
type Context struct {
	prec         int64
	rounding     string
	emin, emax   int64
	capitals     int64
	clamp        int64
	flags, traps *python.Dict // by signal
}

// Class returns the class Context.
func (*Context) Class() *python.Class { return decimalContextClass }

// CopyFor implements python.Copier.
func (c *Context) CopyFor(*python.Thread, func(python.Value) (python.Value, error)) (python.Value, error) {
	return c.copy(), nil
}

func (c *Context) copy() *Context {
	to := *c
	to.flags, to.traps = c.flags.Clone(), c.traps.Clone()
	return &to
}

// newDecimalContext returns the default context.
func newDecimalContext(th *python.Thread) (*Context, error) {
	c := &Context{prec: 28, rounding: "ROUND_HALF_EVEN", emin: -maxDecimalExponent, emax: maxDecimalExponent, capitals: 1}
	var err error
	if c.flags, err = signalDict(th); err == nil {
		c.traps, err = signalDict(th, invalidOperation, divisionByZero, overflow)
	}
	return c, err
}

// signalDict returns a dict of all signals, true for those that are on.
func signalDict(th *python.Thread, on ...*python.Class) (*python.Dict, error) {
	d := python.NewDict()
	for _, s := range decimalSignals {
		if err := d.Set(th, s, python.Bool(slices.Contains(on, s))); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// decimalContext returns the thread's present context.
func decimalContext(th *python.Thread) (*Context, error) {
	v, err := th.GetAttr(decimalState, "context")
	if err != nil {
		return nil, err
	}
	c, ok := python.Unwrap(v).(*Context)
	if !ok {
		return nil, python.Errorf(python.TypeError, "the context of decimal arithmetic was replaced")
	}
	return c, nil
}

func setDecimalContext(th *python.Thread, c *Context) error {
	return th.SetAttr(decimalState, "context", c)
}

// arithmetic returns the context as apd has it. Its exponents end sooner.
func (c *Context) arithmetic() *apd.Context {
	return &apd.Context{
		Precision: uint32(c.prec), Rounding: decimalRoundings[c.rounding],
		MaxExponent: int32(min(c.emax, apd.MaxExponent)), MinExponent: int32(max(c.emin, apd.MinExponent)),
	}
}

// decimalSignal returns a signal raised for a condition.
func decimalSignal(signal *python.Class, conditions ...*python.Class) error {
	l := python.NewList()
	for _, c := range conditions {
		l.Elems = append(l.Elems, c)
	}
	return python.Raise(python.NewException(signal, l))
}

// signal sets a flag and is an error if the signal is trapped.
func (c *Context) signal(th *python.Thread, s *python.Class, conditions ...*python.Class) error {
	if err := c.flags.Set(th, s, python.True); err != nil {
		return err
	}
	if trapped, err := isOn(th, c.traps, s); err != nil || !trapped {
		return err
	}
	return decimalSignal(s, conditions...)
}

// isOn reports whether a signal is on in a dict of them.
func isOn(th *python.Thread, signals *python.Dict, s *python.Class) (bool, error) {
	on, found, err := signals.Get(th, s)
	if err != nil || !found {
		return false, err
	}
	return th.Truth(on)
}

// conditions signals what an operation of apd met with, the worst first.
func (c *Context) conditions(th *python.Thread, met apd.Condition) error {
	if met == 0 {
		return nil
	}
	var worst *python.Class
	var why []*python.Class
	for _, s := range []struct {
		is                apd.Condition
		signal, condition *python.Class
	}{
		{apd.InvalidOperation, invalidOperation, invalidOperation}, {apd.DivisionUndefined, invalidOperation, divisionUndefined},
		{apd.DivisionImpossible, invalidOperation, divisionImpossible}, {apd.DivisionByZero, divisionByZero, divisionByZero},
		{apd.Overflow | apd.SystemOverflow, overflow, overflow}, {apd.Underflow | apd.SystemUnderflow, underflow, underflow},
		{apd.Subnormal, subnormal, subnormal}, {apd.Inexact, inexact, inexact}, {apd.Rounded, rounded, rounded},
		{apd.Clamped, clamped, clamped},
	} {
		if met&s.is == 0 {
			continue
		}
		if err := c.flags.Set(th, s.signal, python.True); err != nil {
			return err
		}
		trapped, err := isOn(th, c.traps, s.signal)
		if err != nil {
			return err
		}
		if trapped && worst == nil {
			worst = s.signal
		}
		if trapped {
			why = append(why, s.condition)
		}
	}
	if worst != nil {
		return decimalSignal(worst, why...)
	}
	return nil
}

// finish turns the outcome of an operation of apd into a value.
func (c *Context) finish(th *python.Thread, d *Decimal, met apd.Condition) (*Decimal, error) {
	switch {
	case met&(apd.SystemOverflow) != 0:
		d.d.Form, met = apd.Infinite, met|apd.Inexact|apd.Rounded
	case met&(apd.SystemUnderflow) != 0:
		d.d = apd.Decimal{Negative: d.d.Negative, Exponent: int32(c.emin - c.prec + 1)}
		met |= apd.Inexact | apd.Rounded | apd.Subnormal
	case met&(apd.InvalidOperation|apd.DivisionUndefined|apd.DivisionImpossible) != 0:
		d.d = apd.Decimal{Form: apd.NaN}
	}
	if err := c.conditions(th, met); err != nil {
		return nil, err
	}
	return d, nil
}

// invalid signals an operation that has no result.
func (c *Context) invalid(th *python.Thread) (*Decimal, error) {
	return c.finish(th, &Decimal{}, apd.InvalidOperation)
}

// change sets the fields that are given.
func (c *Context) change(th *python.Thread, values map[string]python.Value) error {
	for _, name := range contextFields {
		if v := values[name]; !isNone(v) {
			if err := c.set(th, name, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// contextFields are the fields of a context, in the order of its arguments.
var contextFields = []string{"prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"}

func (c *Context) set(th *python.Thread, name string, v python.Value) error {
	switch name {
	case "rounding":
		s, ok := python.StringOf(v)
		if _, known := decimalRoundings[s]; !ok || !known {
			return python.Errorf(python.TypeError, "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"+
				"   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
		}
		c.rounding = s
		return nil
	case "flags":
		return setSignals(th, &c.flags, v)
	case "traps":
		return setSignals(th, &c.traps, v)
	}
	n, ok := python.IntOf(v)
	if _, big := python.BigOf(v); big && !ok {
		return python.Errorf(python.OverflowError, "Python int too large to convert to C ssize_t")
	}
	if !ok {
		return python.Errorf(python.TypeError, "an integer is required")
	}
	for _, f := range []struct {
		name   string
		to     *int64
		lo, hi int64
		legal  string
	}{
		{"prec", &c.prec, 1, maxDecimalPrec, "[1, MAX_PREC]"}, {"Emin", &c.emin, -maxDecimalExponent, 0, "[MIN_EMIN, 0]"},
		{"Emax", &c.emax, 0, maxDecimalExponent, "[0, MAX_EMAX]"}, {"capitals", &c.capitals, 0, 1, "0 or 1"}, {"clamp", &c.clamp, 0, 1, "0 or 1"},
	} {
		if f.name != name {
			continue
		}
		if n < f.lo || n > f.hi {
			if f.hi == 1 {
				return python.Errorf(python.ValueError, "valid values for %s are %s", name, f.legal)
			}
			return python.Errorf(python.ValueError, "valid range for %s is %s", name, f.legal)
		}
		*f.to = n
	}
	return nil
}

// setSignals reads a list of signals that are on, or a dict of all.
func setSignals(th *python.Thread, to **python.Dict, v python.Value) error {
	if d, ok := python.Unwrap(v).(*python.Dict); ok {
		*to = d.Clone()
		return nil
	}
	elems, err := th.Elems(v)
	if err != nil {
		return err
	}
	var on []*python.Class
	for _, e := range elems {
		s, ok := e.(*python.Class)
		if !ok || !slices.Contains(decimalSignals, s) {
			return python.Errorf(python.TypeError, "argument must be a signal dict")
		}
		on = append(on, s)
	}
	*to, err = signalDict(th, on...)
	return err
}

func (c *Context) get(name string) python.Value {
	switch name {
	case "prec":
		return python.Int(c.prec)
	case "rounding":
		return str(c.rounding)
	case "Emin":
		return python.Int(c.emin)
	case "Emax":
		return python.Int(c.emax)
	case "capitals":
		return python.Int(c.capitals)
	case "clamp":
		return python.Int(c.clamp)
	case "flags":
		return c.flags
	}
	return c.traps
}

func (c *Context) repr(th *python.Thread) (string, error) {
	var lists [2]string
	for i, d := range []*python.Dict{c.flags, c.traps} {
		var on []string
		for _, s := range []*python.Class{clamped, invalidOperation, divisionByZero, inexact, floatOperation, overflow, rounded, subnormal, underflow} {
			yes, err := isOn(th, d, s)
			if err != nil {
				return "", err
			}
			if yes {
				on = append(on, s.ShortName())
			}
		}
		lists[i] = strings.Join(on, ", ")
	}
	return fmt.Sprintf("Context(prec=%d, rounding=%s, Emin=%d, Emax=%d, capitals=%d, clamp=%d, flags=[%s], traps=[%s])",
		c.prec, c.rounding, c.emin, c.emax, c.capitals, c.clamp, lists[0], lists[1]), nil
}

// contextArgs reads the arguments of Context() and localcontext().
func contextArgs(name string, a *python.Args, more ...any) (map[string]python.Value, error) {
	vals := make([]python.Value, len(contextFields))
	pairs := more
	for i, f := range contextFields {
		pairs = append(pairs, f+"?", &vals[i])
	}
	if err := a.Unpack(name, pairs...); err != nil {
		return nil, err
	}
	given := map[string]python.Value{}
	for i, f := range contextFields {
		given[f] = vals[i]
	}
	return given, nil
}

func makeContext(th *python.Thread, cls *python.Class, a *python.Args) (python.Value, error) {
	given, err := contextArgs("Context", a)
	if err != nil {
		return nil, err
	}
	c, err := newDecimalContext(th)
	if err != nil {
		return nil, err
	}
	if err := c.change(th, given); err != nil {
		return nil, err
	}
	return derived(cls, decimalContextClass, c), nil
}

// localContext is what localcontext() returns.
type localContext struct{ inner, outer *Context }

// Class implements python.Value.
func (*localContext) Class() *python.Class { return localContextClass }

func makeLocalContext(th *python.Thread, a *python.Args) (python.Value, error) {
	var ctx python.Value
	given, err := contextArgs("localcontext", a, "ctx?", &ctx, "*", nil)
	if err != nil {
		return nil, err
	}
	outer, err := decimalContext(th)
	if err != nil {
		return nil, err
	}
	inner := outer
	if !isNone(ctx) {
		c, ok := python.Unwrap(ctx).(*Context)
		if !ok {
			return nil, python.Errorf(python.TypeError, "optional argument must be a context")
		}
		inner = c
	}
	inner = inner.copy()
	if err := inner.change(th, given); err != nil {
		return nil, err
	}
	return &localContext{inner, outer}, nil
}

func contextMembers() []python.Member {
	self := func(v python.Value) *Context { return python.Unwrap(v).(*Context) }
	ms := []python.Member{
		unary("__repr__", func(th *python.Thread, v python.Value) (python.Value, error) {
			s, err := self(v).repr(th)
			return str(s), err
		}),
		unary("copy", func(_ *python.Thread, v python.Value) (python.Value, error) { return self(v).copy(), nil }),
		unary("__copy__", func(_ *python.Thread, v python.Value) (python.Value, error) { return self(v).copy(), nil }),
		unary("clear_flags", func(th *python.Thread, v python.Value) (python.Value, error) {
			return python.None, setSignals(th, &self(v).flags, python.NewList())
		}),
		unary("clear_traps", func(th *python.Thread, v python.Value) (python.Value, error) {
			return python.None, setSignals(th, &self(v).traps, python.NewList())
		}),
		unary("Etiny", func(_ *python.Thread, v python.Value) (python.Value, error) {
			return python.Int(self(v).emin - self(v).prec + 1), nil
		}),
		unary("Etop", func(_ *python.Thread, v python.Value) (python.Value, error) {
			return python.Int(self(v).emax - self(v).prec + 1), nil
		}),
		python.Method("create_decimal", func(th *python.Thread, a *python.Args) (python.Value, error) {
			var v python.Value = python.Int(0)
			if err := a.Unpack("create_decimal", "/num?", &v); err != nil {
				return nil, err
			}
			d, err := toDecimal(th, v)
			if err != nil {
				return nil, err
			}
			return decimalResult(self(a.Self).round(th, d))
		}),
		binary("create_decimal_from_float", func(th *python.Thread, v, f python.Value) (python.Value, error) {
			d, err := exactDecimal(f)
			if err != nil {
				return nil, err
			}
			return decimalResult(self(v).round(th, d))
		}),
		binary("to_sci_string", func(_ *python.Thread, _, x python.Value) (python.Value, error) {
			d, err := wantDecimal(x)
			if err != nil {
				return nil, err
			}
			return str(d.String()), nil
		}),
		binary("to_eng_string", func(_ *python.Thread, _, x python.Value) (python.Value, error) {
			d, err := wantDecimal(x)
			if err != nil {
				return nil, err
			}
			return str(d.engineering()), nil
		}),
		unary("radix", func(*python.Thread, python.Value) (python.Value, error) { return python.Int(10), nil }),
	}
	for _, f := range contextFields {
		ms = append(ms, python.Getter(f, func(_ *python.Thread, v python.Value) (python.Value, error) { return self(v).get(f), nil },
			func(th *python.Thread, v, x python.Value) error { return self(v).set(th, f, x) }))
	}
	return append(ms, contextOperations(self)...)
}

// contextOperations are the operations of numbers as methods of a context.
func contextOperations(self func(python.Value) *Context) []python.Member {
	var ms []python.Member
	for name, op := range map[string]decimalBinary{
		"add": (*Context).add, "subtract": (*Context).subtract, "multiply": (*Context).multiply, "divide": (*Context).divide,
		"divide_int": (*Context).floorDivide, "remainder": (*Context).remainder, "quantize": (*Context).quantizeAs, "compare": (*Context).comparison,
		"max": (*Context).largest, "min": (*Context).smallest, "power": (*Context).power, "remainder_near": (*Context).remainderNear,
		"logical_and": (*Context).logicalAnd, "logical_or": (*Context).logicalOr, "logical_xor": (*Context).logicalXor,
		"rotate": (*Context).rotate, "shift": (*Context).shift, "max_mag": (*Context).largestMagnitude, "min_mag": (*Context).smallestMagnitude,
		"compare_signal": (*Context).compareSignal, "next_toward": (*Context).nextToward, "scaleb": (*Context).scale,
	} {
		ms = append(ms, python.Method(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly(name, 2); err != nil {
				return nil, err
			}
			x, err := wantDecimal(a.Pos[0])
			if err != nil {
				return nil, err
			}
			y, err := wantDecimal(a.Pos[1])
			if err != nil {
				return nil, err
			}
			return decimalResult(op(self(a.Self), th, x, y))
		}))
	}
	for name, op := range map[string]decimalUnary{
		"plus": (*Context).round, "minus": (*Context).negate, "abs": (*Context).absolute, "sqrt": (*Context).squareRoot,
		"normalize": (*Context).normalize, "exp": (*Context).exponential, "ln": (*Context).naturalLog, "log10": (*Context).log10,
		"to_integral_value": (*Context).integral, "to_integral_exact": (*Context).integral,
		"next_plus": (*Context).nextPlus, "next_minus": (*Context).nextMinus, "logical_invert": (*Context).logicalInvert, "logb": (*Context).exponent,
	} {
		ms = append(ms, binary(name, func(th *python.Thread, v, x python.Value) (python.Value, error) {
			d, err := wantDecimal(x)
			if err != nil {
				return nil, err
			}
			return decimalResult(op(self(v), th, d))
		}))
	}
	return ms
}

// defineDecimalSignals makes the exception classes.
func defineDecimalSignals() {
	class := func(name string, bases ...*python.Class) *python.Class {
		return python.NewClass(python.ClassSpec{Name: name, Module: "decimal", Bases: bases})
	}
	decimalException = class("DecimalException", python.ArithmeticError)
	clamped = class("Clamped", decimalException)
	invalidOperation = class("InvalidOperation", decimalException)
	divisionByZero = class("DivisionByZero", decimalException, python.ZeroDivisionError)
	inexact = class("Inexact", decimalException)
	rounded = class("Rounded", decimalException)
	subnormal = class("Subnormal", decimalException)
	overflow = class("Overflow", inexact, rounded)
	underflow = class("Underflow", inexact, rounded, subnormal)
	floatOperation = class("FloatOperation", decimalException, python.TypeError)
	conversionSyntax = class("ConversionSyntax", invalidOperation)
	divisionImpossible = class("DivisionImpossible", invalidOperation)
	divisionUndefined = class("DivisionUndefined", invalidOperation, python.ZeroDivisionError)
	invalidContext = class("InvalidContext", invalidOperation)
	decimalSignals = []*python.Class{invalidOperation, floatOperation, divisionByZero, overflow, underflow, subnormal, inexact, rounded, clamped}
}

func defineDecimalContext() {
	decimalContextClass = python.NewClass(python.ClassSpec{Name: "Context", Dotted: true, Module: "decimal", New: makeContext, Members: contextMembers()})
	localContextClass = python.NewClass(python.ClassSpec{Name: "ContextManager", Dotted: true, Module: "decimal", Members: []python.Member{
		unary("__enter__", func(th *python.Thread, v python.Value) (python.Value, error) {
			c := v.(*localContext)
			return c.inner, setDecimalContext(th, c.inner)
		}),
		python.Method("__exit__", func(th *python.Thread, a *python.Args) (python.Value, error) {
			return python.False, setDecimalContext(th, a.Self.(*localContext).outer)
		}),
	}})
	decimalState = python.NewModule("decimal")
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	if c, err := newDecimalContext(th); err == nil { // classes can always be keys
		decimalState.Globals.Set("context", c)
	}
	decimalState.Freeze(th)
}

func fillDecimal(_ *builder, ns *python.Namespace) error {
	for _, c := range append(slices.Clone(decimalSignals), decimalException, decimalClass, decimalContextClass, decimalTupleClass,
		conversionSyntax, divisionImpossible, divisionUndefined, invalidContext) {
		ns.Set(c.ShortName(), c)
	}
	for name := range decimalRoundings {
		ns.Set(name, str(name))
	}
	for name, n := range map[string]int64{"MAX_PREC": maxDecimalPrec, "MAX_EMAX": maxDecimalExponent, "MIN_EMIN": -maxDecimalExponent,
		"MIN_ETINY": -maxDecimalExponent - maxDecimalPrec + 1} {
		ns.Set(name, python.Int(n))
	}
	ns.Set("HAVE_THREADS", python.True)
	ns.Set("HAVE_CONTEXTVAR", python.True)
	functions(ns, map[string]python.BuiltinFunc{
		"localcontext": makeLocalContext,
		"getcontext": func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly("getcontext", 0); err != nil {
				return nil, err
			}
			c, err := decimalContext(th)
			if err != nil {
				return nil, err
			}
			return c, nil
		},
		"setcontext": func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly("setcontext", 1); err != nil {
				return nil, err
			}
			c, ok := python.Unwrap(a.Pos[0]).(*Context)
			if !ok {
				return nil, python.Errorf(python.TypeError, "argument must be a context")
			}
			return python.None, setDecimalContext(th, c)
		},
	})
	return sharedContexts(ns)
}

// sharedContexts binds the contexts that come with the module.
func sharedContexts(ns *python.Namespace) error {
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	for name, given := range map[string]map[string]python.Value{
		"DefaultContext":  nil,
		"BasicContext":    {"prec": python.Int(9), "rounding": str("ROUND_HALF_UP"), "traps": python.NewList(invalidOperation, divisionByZero, overflow, underflow, clamped)},
		"ExtendedContext": {"prec": python.Int(9), "traps": python.NewList()},
	} {
		c, err := newDecimalContext(th)
		if err != nil {
			return err
		}
		if err := c.change(th, given); err != nil {
			return err
		}
		ns.Set(name, c)
	}
	return nil
}
