package ask

import (
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// generated reads fields made by code: dictionaries of the same form as the
// YAML.
func (p *preparation) generated(f *interview.Field, v python.Value) ([]*interview.Field, error) {
	made, err := p.sc.Interview.GeneratedFields(p.th, p.b, f.Pos, v)
	for i := range made {
		made[i].Number = f.Number + i
	}
	return made, err
}
