package words

import (
	"colloquy/engine/language"
	"colloquy/engine/python"
)

// phoneFunctions read phone numbers.
var phoneFunctions = []function{
	{"phone_number_in_e164", phoneInE164},
	{"phone_number_formatted", phoneFormatted},
	{"phone_number_is_valid", phoneIsValid},
	{"phone_number_part", phonePart},
}

// aPhone reads (number, country=None).
func aPhone(th *python.Thread, a *python.Args, fn string) (number *python.Str, where string, given python.Value, err error) {
	var code python.Value
	if err = a.Unpack(fn, "number", &given, "country?", &code); err != nil {
		return nil, "", nil, err
	}
	number, err = th.Str(given)
	return number, country(th, code), given, err
}

// rewritten is what a number became, as far from outside as it was.
func rewritten(in *python.Str, out string, ok bool) python.Value {
	switch {
	case !ok:
		return python.None
	case in.HasOutside():
		return python.Outside(out)
	}
	return python.NewStr(out)
}

// phone_number_in_e164(number, country=None)
func phoneInE164(th *python.Thread, a *python.Args) (python.Value, error) {
	n, where, _, err := aPhone(th, a, "phone_number_in_e164")
	if err != nil {
		return nil, err
	}
	out, ok := language.PhoneE164(n.String(), where)
	return rewritten(n, out, ok), nil
}

// phone_number_formatted(number, country=None)
func phoneFormatted(th *python.Thread, a *python.Args) (python.Value, error) {
	n, where, given, err := aPhone(th, a, "phone_number_formatted")
	if err != nil {
		return nil, err
	}
	if isEmpty(given) {
		return n, nil
	}
	out, ok := language.PhoneFormatted(n.String(), where)
	return rewritten(n, out, ok), nil
}

// phone_number_is_valid(number, country=None)
func phoneIsValid(th *python.Thread, a *python.Args) (python.Value, error) {
	n, where, _, err := aPhone(th, a, "phone_number_is_valid")
	if err != nil {
		return nil, err
	}
	return python.Bool(language.PhoneIsValid(n.String(), where)), nil
}

// phone_number_part(number, n, country=None) is the n-th group of digits.
func phonePart(th *python.Thread, a *python.Args) (python.Value, error) {
	var number, code python.Value
	var i int
	if err := a.Unpack("phone_number_part", "number", &number, "part", &i, "country?", &code); err != nil {
		return nil, err
	}
	n, err := th.Str(number)
	if err != nil {
		return nil, err
	}
	return rewritten(n, language.PhonePart(n.String(), i, country(th, code)), true), nil
}
