package ask

import "colloquy/engine/python"

// samples are what validating functions are tried with, by data type: a text
// as it could be typed.
var samples = map[string]string{"integer": "0", "number": "0", "float": "0", "currency": "0", "range": "0", "date": "1970-01-01",
	"datetime": "1970-01-01 00:00", "datetime-local": "1970-01-01 00:00", "time": "00:00", "boolean": "True", "threestate": "True",
	"email": "a@example.com"}

// validator calls the author's function for a field once while the question is
// prepared (as documented for docassemble), so that the names it needs are
// sought now and not when the form arrives. What it says of the sample does
// not matter.
func (p *preparation) validator(d *draft) error {
	if d.field.Validate == nil || d.out.Inactive {
		return nil
	}
	fn, err := d.field.Validate.Run(p.th, p.sc.Answers)
	if err != nil {
		return err
	}
	r := &receiver{p: p}
	v, _, err := r.convert(d.out.Datatype, python.NewStr(samples[d.out.Datatype]), d.field.Variable.Text)
	if err != nil {
		return err
	}
	place := p.ev.Place()
	place.Validating = true
	defer func() { place.Validating = false }()
	_, err = p.th.Call(fn, []python.Value{v}, nil)
	if _, missing := python.MissingName(err); missing {
		return err
	}
	if _, raised := python.AsRaised(err); raised {
		return nil
	}
	return err
}
