package ask

import (
	"math/big"
	"net/mail"
	"strconv"
	"strings"
	"unicode/utf8"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// numberMarks are what people type in numbers besides digits.
var numberMarks = strings.NewReplacer(",", "", "%", "")

// longestAddress is how long an e-mail address can be (RFC 5321), in bytes.
const longestAddress = 254

// convert turns the text of a field into the value of its data type. A text
// that does not fit gives the rule that it breaks.
func (r *receiver) convert(datatype string, s *python.Str, variable string) (v python.Value, broken string, err error) {
	text := strings.TrimSpace(s.String())
	switch datatype {
	case "boolean", "threestate", "yesnoradio", "noyesradio", "yesnomaybe", "noyesmaybe":
		switch text {
		case "True":
			return python.True, "", nil
		case "False":
			return python.False, "", nil
		}
		return python.None, "", nil
	case "integer", "number", "float", "currency", "range":
		return r.convertNumber(datatype, text)
	case "date", "datetime", "time":
		return r.convertDate(datatype, text)
	case "email":
		if a, err := mail.ParseAddress(text); err != nil || len(text) > longestAddress || a.Address != text || !strings.Contains(a.Address[strings.LastIndexByte(a.Address, '@'):], ".") {
			return nil, "email", nil
		}
		return python.Outside(text), "", nil
	case "ml", "mlarea":
		v, err := r.library("DAModel", python.NewStr(variable), s)
		return v, "", err
	}
	return s, "", nil
}

// library calls a class or function of the library.
func (r *receiver) library(name string, args ...python.Value) (python.Value, error) {
	return evaluation.CallLibrary(r.p.th, name, args)
}

// raised tells an exception, by which a text says that it does not fit, from
// a failure of the evaluation.
func raised(err error) bool {
	_, ok := python.AsRaised(err)
	return ok
}

// convertNumber reads what int() and float() read, in the digits of any script.
func (r *receiver) convertNumber(datatype, text string) (python.Value, string, error) {
	fraction, err := r.p.th.Call(python.FloatClass, []python.Value{python.NewStr(numberMarks.Replace(text))}, nil)
	if err != nil {
		if !raised(err) {
			return nil, "", err
		}
		return nil, "number", nil
	}
	if datatype != "integer" {
		if f, ok := python.FloatOf(fraction); !ok || f-f != 0 {
			return nil, "number", nil
		}
		return fraction, "", nil
	}
	whole, err := r.p.th.Call(python.IntClass, []python.Value{python.NewStr(strings.ReplaceAll(text, ",", ""))}, nil)
	if err != nil {
		if !raised(err) {
			return nil, "", err
		}
		return nil, "integer", nil
	}
	return whole, "", nil
}

func (r *receiver) convertDate(datatype, text string) (python.Value, string, error) {
	v, err := r.library("as_datetime", python.NewStr(text))
	if err != nil {
		if !raised(err) {
			return nil, "", err
		}
		return nil, datatype, nil
	}
	if datatype == "time" {
		v, err = r.p.th.CallMethod(v, "time")
	}
	return v, "", err
}

// unfit says that a text is not of the field's data type.
func (r *receiver) unfit(d *draft, rule string) string {
	if text, ok := r.p.replaced(d, rule); ok || rule != "number" && rule != "integer" {
		return orElse(text, r.p.word(usualMessages[rule]))
	}
	return r.p.word("You need to enter a valid number.")
}

// limit checks a converted value against the limits of its field.
func (r *receiver) limit(d *draft, f *screen.Field, v python.Value, text string) string {
	switch d.field.Datatype {
	case "integer", "number", "float", "currency", "range":
		return r.numberLimit(d, f, v)
	case "date", "time", "datetime":
		return r.dateLimit(d, f, text)
	}
	n := utf8.RuneCountInString(text)
	switch {
	case f.MinLen > 0 && n < f.MinLen:
		return r.message(d, f, "minlength", strconv.Itoa(f.MinLen))
	case f.MaxLen > 0 && n > f.MaxLen:
		return r.message(d, f, "maxlength", strconv.Itoa(f.MaxLen))
	}
	return ""
}

func (r *receiver) numberLimit(d *draft, f *screen.Field, v python.Value) string {
	n, ok := python.FloatOf(v)
	if !ok || f.Min == "" && f.Max == "" && f.Step == "" {
		return ""
	}
	if lo, err := strconv.ParseFloat(f.Min, 64); err == nil && n < lo {
		return r.message(d, f, "min", f.Min)
	}
	if hi, err := strconv.ParseFloat(f.Max, 64); err == nil && n > hi {
		return r.message(d, f, "max", f.Max)
	}
	step, ok := new(big.Rat).SetString(f.Step)
	if !ok || step.Sign() <= 0 || d.field.Step == nil {
		return ""
	}
	x := new(big.Rat)
	if _, ok := x.SetString(strconv.FormatFloat(n, 'f', -1, 64)); !ok {
		return ""
	}
	if lo, ok := new(big.Rat).SetString(f.Min); ok {
		x.Sub(x, lo)
	}
	if !x.Quo(x, step).IsInt() {
		return strings.ReplaceAll(r.message(d, f, "step", f.Step), "{0}", f.Step)
	}
	return ""
}

// dateLimit compares in the control's own format, which sorts as time does.
func (r *receiver) dateLimit(d *draft, f *screen.Field, text string) string {
	if f.Min == "" && f.Max == "" {
		return ""
	}
	datatype := d.field.Datatype
	value := isoDate(r.p, text, datatype)
	low, high := f.Min != "" && value < f.Min, f.Max != "" && value > f.Max
	switch {
	case !low && !high:
		return ""
	case f.Min != "" && f.Max != "":
		return r.message(d, f, datatype+" minmax", r.p.shownDate(f.Min, datatype), r.p.shownDate(f.Max, datatype))
	case low:
		return r.message(d, f, datatype+" min", r.p.shownDate(f.Min, datatype))
	}
	return r.message(d, f, datatype+" max", r.p.shownDate(f.Max, datatype))
}

func (p *preparation) shownDate(iso, datatype string) string {
	fn, format := "format_date", "medium"
	switch datatype {
	case "time":
		fn, format = "format_time", "short"
	case "datetime":
		fn, format = "format_datetime", "yyyy-MM-dd HH:mm"
	}
	text, err := p.call(fn, python.NewStr(iso), python.NewStr(format))
	if err != nil {
		return iso
	}
	return text
}

// isoDate writes any date an author or a person may have written in the format
// of the browser's control; what is no date is "".
func isoDate(p *preparation, text, datatype string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	format := map[string]string{"date": "yyyy-MM-dd", "time": "HH:mm", "datetime": "yyyy-MM-dd'T'HH:mm"}[datatype]
	fn := map[string]string{"date": "format_date", "time": "format_time", "datetime": "format_datetime"}[datatype]
	out, err := p.call(fn, python.NewStr(text), python.NewStr(format))
	if err != nil {
		return ""
	}
	return out
}

// controlDate writes a present value in the format of its control.
func controlDate(p *preparation, v python.Value, text string, c screen.Control) string {
	datatype := map[screen.Control]string{screen.ControlDate: "date", screen.ControlTime: "time", screen.ControlDatetime: "datetime"}[c]
	format := map[string]string{"date": "yyyy-MM-dd", "time": "HH:mm", "datetime": "yyyy-MM-dd'T'HH:mm"}[datatype]
	fn := map[string]string{"date": "format_date", "time": "format_time", "datetime": "format_datetime"}[datatype]
	if _, isText := python.StringOf(v); isText {
		return isoDate(p, text, datatype)
	}
	out, err := p.call(fn, v, python.NewStr(format))
	if err != nil {
		return ""
	}
	return out
}
