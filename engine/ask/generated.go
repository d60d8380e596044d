package ask

import (
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// generated reads fields made by code: a list of dictionaries of the same form
// as the YAML. What they say is text from code, not Mako.
func (p *preparation) generated(f *interview.Field, v python.Value) ([]*interview.Field, error) {
	var out []*interview.Field
	err := p.th.Each(v, func(v python.Value) error {
		d, ok := python.Unwrap(v).(*python.Dict)
		if !ok {
			return python.Errorf(python.ValueError, "fields made by code must be dictionaries")
		}
		n, err := nodeOf(p.th, d)
		if err != nil {
			return err
		}
		made, err := interview.ReadField(n, f.Pos, len(out))
		if err != nil {
			return err
		}
		out = append(out, made)
		return nil
	})
	for i := range out {
		out[i].Number = f.Number + i
	}
	return out, err
}

// nodeOf turns a value of code into the structure that YAML would give.
func nodeOf(th *python.Thread, v python.Value) (*interview.Node, error) {
	n := &interview.Node{}
	switch v := python.Unwrap(v).(type) {
	case python.NoneType:
		n.Kind = interview.Null
	case python.Bool:
		n.Kind, n.Bool = interview.Bool, bool(v)
	case *python.Dict:
		n.Kind = interview.Map
		for k, item := range v.All() {
			key, err := nodeOf(th, k)
			if err != nil {
				return nil, err
			}
			value, err := nodeOf(th, item)
			if err != nil {
				return nil, err
			}
			n.Keys, n.Items = append(n.Keys, key), append(n.Items, value)
		}
	case *python.List:
		return listNode(th, v.Elems)
	case *python.Tuple:
		return listNode(th, v.Elems)
	default:
		return scalarOf(th, v)
	}
	return n, nil
}

func listNode(th *python.Thread, items []python.Value) (*interview.Node, error) {
	n := &interview.Node{Kind: interview.List}
	for _, item := range items {
		value, err := nodeOf(th, item)
		if err != nil {
			return nil, err
		}
		n.Items = append(n.Items, value)
	}
	return n, nil
}

func scalarOf(th *python.Thread, v python.Value) (*interview.Node, error) {
	if x, ok := v.(python.Float); ok {
		return &interview.Node{Kind: interview.Float, Float: float64(x)}, nil
	}
	if _, text := python.StringOf(v); !text {
		if x, ok := python.BigOf(v); ok {
			return &interview.Node{Kind: interview.Int, Int: x}, nil
		}
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	return &interview.Node{Kind: interview.String, Str: s.String()}, nil
}
