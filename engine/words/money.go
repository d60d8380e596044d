package words

import (
	"maps"
	"math"
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/language"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// moneyFunctions write amounts and settle how.
var moneyFunctions = []function{
	{"currency", currency},
	{"currency_symbol", currencySymbol},
	{"set_locale", setLocale},
	{"get_locale", getLocale},
	{"update_locale", updateLocale},
	{"period_list", periodList},
	{"name_suffix", nameSuffix},
}

// conventions are those of the locale in force, with what the author and the
// configuration changed.
func conventions(ev evaluation.Evaluation) *language.Conventions {
	p := ev.Place()
	c := inForce(ev)
	if c == nil {
		return nil
	}
	if s, ok := ev.Config("currency symbol"); ok {
		c = changed(c, "currency_symbol", s)
	}
	if n, ok := ev.Config("currency decimal places"); ok {
		c = changed(c, "frac_digits", n)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Conventions)) {
		c = changed(c, name, p.Conventions[name])
	}
	return c
}

// inForce are the conventions of the locale of update_locale(), else of the
// server, else of the United States.
func inForce(ev evaluation.Evaluation) *language.Conventions {
	name, lang := ev.Place().InForce, ""
	if name == "" {
		name, lang = configured(ev, "locale"), configured(ev, "language")
	}
	for _, name := range []string{name, usualLocale} {
		if c, err := language.ConventionsFor(name, lang); err == nil && name != "" {
			return c
		}
	}
	return nil
}

const usualLocale = "en_US.utf8"

// configured is a text of the configuration, "" if there is none.
func configured(ev evaluation.Evaluation, key string) string {
	v, _ := ev.Config(key)
	s, _ := v.(string)
	return s
}

// changed is c with one convention changed, if it can be.
func changed(c *language.Conventions, name string, v any) *language.Conventions {
	if w, err := c.With(name, v); err == nil {
		return w
	}
	return c
}

// currency(value, decimals=True, symbol=None, symbol_precedes=None)
func currency(th *python.Thread, a *python.Args) (python.Value, error) {
	var v, symbol, precedes python.Value
	decimals := true
	var kw []python.Kwarg
	if err := a.Unpack("currency", "value", &v, "decimals?", &decimals, "symbol?", &symbol, "symbol_precedes?", &precedes,
		"**kw", &kw); err != nil {
		return nil, err
	}
	amount, ok, err := amountOf(th, v)
	if err != nil || !ok {
		return python.NewStr(""), err
	}
	m := language.Money{Whole: !decimals}
	if err := each(intoString(th, symbol, &m.Symbol), intoChoice(th, precedes, &m.Precedes)); err != nil {
		return nil, err
	}
	locale := speaker(th).Locale
	if locale == nil {
		if locale, err = language.ConventionsFor(usualLocale, ""); err != nil {
			return nil, err
		}
	}
	out := python.NewStr(locale.Currency(amount, m))
	if s, ok := python.Unwrap(symbol).(*python.Str); ok && s.HasOutside() {
		out = out.Marked()
	}
	return out, nil
}

// amountOf is the amount of money that a value stands for: the total of a
// list, the amount of a value that exists, else the number.
func amountOf(th *python.Thread, v python.Value) (float64, bool, error) {
	var err error
	switch {
	case derives(v, "FinancialList"):
		v, err = th.CallMethod(v, "total")
	case derives(v, "Value"):
		v, err = th.CallMethod(v, "amount")
	}
	if err != nil {
		return 0, false, err
	}
	if isNone(v) || isEmpty(v) {
		return 0, false, nil
	}
	f, err := floatOf(th, v)
	if err != nil && (python.IsException(err, python.ValueError) || python.IsException(err, python.TypeError)) {
		if _, missing := python.MissingName(err); missing {
			return 0, false, err
		}
		return 0, false, nil
	}
	return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0), err
}

// currency_symbol()
func currencySymbol(th *python.Thread, a *python.Args) (python.Value, error) {
	if c := speaker(th).Locale; c != nil {
		return python.NewStr(c.Symbol), nil
	}
	return python.NewStr("$"), nil
}

// set_locale(locale?, **conventions) replaces all conventions changed before.
// The locale itself takes effect with update_locale().
func setLocale(th *python.Thread, a *python.Args) (python.Value, error) {
	var locale python.Value
	var kw []python.Kwarg
	if err := a.Unpack("set_locale", "locale?", &locale, "**conventions", &kw); err != nil {
		return nil, err
	}
	ev, err := running(th, "set_locale")
	if err != nil {
		return nil, err
	}
	p := ev.Place()
	if name := stringOr(locale, ""); name != "" {
		p.Locale = name
	}
	base := inForce(ev)
	if base == nil {
		return nil, python.Errorf(python.RuntimeError, "there is no locale to change")
	}
	p.Conventions = map[string]any{}
	for _, k := range kw {
		v, ok := plainGo(k.Value)
		if _, err := base.With(k.Name, v); !ok || err != nil {
			return nil, python.Errorf(objects.DAError, "set_locale: %s is not a convention of a locale or cannot have that value", k.Name)
		}
		p.Conventions[k.Name] = v
	}
	return python.None, nil
}

// plainGo is a simple Python value as Go has it.
func plainGo(v python.Value) (any, bool) {
	switch v := python.Unwrap(v).(type) {
	case python.Bool:
		return bool(v), true
	case python.Int:
		return int64(v), true
	case python.Float:
		return float64(v), true
	case *python.Str:
		return v.String(), true
	case *python.List:
		var list []int
		for _, e := range v.Elems {
			n, ok := python.IntOf(e)
			if !ok {
				return nil, false
			}
			list = append(list, int(n))
		}
		return list, true
	}
	return nil, false
}

// get_locale(name?) is the locale, or one of its conventions.
func getLocale(th *python.Thread, a *python.Args) (python.Value, error) {
	var name python.Value
	if err := a.Unpack("get_locale", "arg?", &name); err != nil {
		return nil, err
	}
	ev, err := running(th, "get_locale")
	if err != nil {
		return nil, err
	}
	if isNone(name) {
		return textOrNone(ev.Place().Locale), nil
	}
	c := conventions(ev)
	if c == nil {
		return python.None, nil
	}
	v, ok := c.Get(stringOr(name, ""))
	if !ok {
		return python.None, nil
	}
	return fromGo(v), nil
}

// update_locale() puts the locale in force: "en" and "US.utf8" make
// "en_US.utf8". What is no locale becomes that of the United States.
func updateLocale(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "update_locale")
	if err != nil {
		return nil, err
	}
	p := ev.Place()
	name := p.Locale
	if name == "" {
		name = configured(ev, "locale")
	}
	if name == "" {
		name = "US.utf8"
	}
	if !strings.Contains(name, "_") {
		name = p.Language + "_" + name
	}
	if _, err := language.ConventionsFor(name, ""); err != nil {
		name = usualLocale
	}
	p.InForce = name
	return python.None, a.Exactly("update_locale", 0)
}

// period_list()
func periodList(th *python.Thread, a *python.Args) (python.Value, error) {
	list := python.NewList()
	for _, p := range speaker(th).Periods() {
		list.Elems = append(list.Elems, python.NewList(python.Int(p.PerYear), python.NewStr(p.Label)))
	}
	return list, nil
}

// name_suffix()
func nameSuffix(_ *python.Thread, a *python.Args) (python.Value, error) {
	list := python.NewList()
	for _, s := range language.NameSuffixes() {
		list.Elems = append(list.Elems, python.NewStr(s))
	}
	return list, nil
}
