package ask

import (
	"math/big"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/mako"
	"colloquy/engine/python"
)

// NodeValue evaluates a structure of the YAML: its strings are templates, or
// expressions where the block says so; the rest stays as it is.
func NodeValue(th *python.Thread, ns *python.Namespace, n *interview.Node) (python.Value, error) {
	if n == nil {
		return python.None, nil
	}
	switch {
	case n.Code != nil:
		return n.Code.Run(th, ns)
	case n.Text != nil:
		return n.Text.Render(th, ns)
	}
	switch n.Kind {
	case interview.List:
		items := make([]python.Value, 0, len(n.Items))
		for _, item := range n.Items {
			v, err := NodeValue(th, ns, item)
			if err != nil {
				return nil, err
			}
			items = append(items, v)
		}
		return python.NewList(items...), nil
	case interview.Map:
		d := python.NewDict()
		for i, k := range n.Keys {
			v, err := NodeValue(th, ns, n.Items[i])
			if err != nil {
				return nil, err
			}
			if err := d.Set(th, scalarNode(k), v); err != nil {
				return nil, err
			}
		}
		return d, nil
	}
	return scalarNode(n), nil
}

func scalarNode(n *interview.Node) python.Value {
	switch n.Kind {
	case interview.Null:
		return python.None
	case interview.Bool:
		return python.Bool(n.Bool)
	case interview.Int:
		return python.NewInt(new(big.Int).Set(n.Int))
	case interview.Float:
		return python.Float(n.Float)
	}
	return python.NewStr(n.Str)
}

// plainData turns a value into what JSON can write; what it cannot becomes text.
func plainData(th *python.Thread, v python.Value) (any, error) {
	switch v := v.(type) {
	case python.NoneType:
		return nil, nil
	case python.Bool:
		return bool(v), nil
	case python.Int:
		return int64(v), nil
	case python.Float:
		return float64(v), nil
	case *python.Str:
		return v.String(), nil
	case *python.List:
		out := []any{}
		for _, item := range v.Elems {
			x, err := plainData(th, item)
			if err != nil {
				return nil, err
			}
			out = append(out, x)
		}
		return out, nil
	case *python.Dict:
		out := map[string]any{}
		for k, item := range v.All() {
			key, err := th.Str(k)
			if err != nil {
				return nil, err
			}
			if out[key.String()], err = plainData(th, item); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	return s.String(), nil
}

// TemplateFile reads the content of a template that is computed: the name of a
// file in the templates folder.
func TemplateFile(th *python.Thread, sc *Scene, b *interview.Block) (*python.Str, error) {
	if b.Template.File == nil {
		return python.NewStr(""), nil
	}
	v, err := b.Template.File.Run(th, sc.Answers)
	if err != nil {
		return nil, err
	}
	ref, ok := python.StringOf(v)
	if !ok {
		return nil, python.Errorf(python.ValueError, "content file: the code must give the name of a file")
	}
	content, err := sc.Evaluation.ReadData("templates", ref)
	if err != nil {
		return nil, err
	}
	if !mako.IsTemplate(string(content)) {
		return python.NewStr(string(content)), nil
	}
	t, err := mako.Compile(mako.Source{Name: ref, Text: string(content)})
	if err != nil {
		return nil, err
	}
	return t.Render(th, sc.Answers)
}

// Table makes a table block ready to be shown.
func Table(th *python.Thread, sc *Scene, t *interview.Table) (*evaluation.Table, error) {
	p := &preparation{th: th, sc: sc, ev: sc.Evaluation}
	out := &evaluation.Table{Name: t.Name.Text, Rows: t.Rows, Indent: t.Indent, SortKey: orNoCode(t.SortKey), Filter: orNoCode(t.Filter),
		Edit: t.Edit, EditAll: t.EditAll, Editable: t.Editable, ReadOnly: t.ReadOnly, EditHeader: orNoWords(t.EditHeader),
		NotAvailable: orNoWords(t.NotAvailable), EmptyMessage: orNoWords(t.EmptyMessage), Width: sc.Interview.Features.TableWidth}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, evaluation.Column{Header: c.Header, Cell: c.Cell})
	}
	for _, c := range []struct {
		cond  interview.Cond
		usual bool
		to    *bool
	}{
		{t.ShowIfEmpty, true, &out.ShowIfEmpty}, {t.RequireGathered, true, &out.RequireGathered}, {t.ShowIncomplete, false, &out.ShowIncomplete},
		{t.SortReverse, false, &out.SortReverse}, {t.DeleteButtons, t.Editable, &out.DeleteButtons}, {t.Confirm, false, &out.Confirm},
		{t.Reorder, false, &out.AllowReordering},
	} {
		v, err := p.cond(c.cond, c.usual)
		if err != nil {
			return nil, err
		}
		*c.to = v
	}
	if out.Width == 0 {
		out.Width = 65
	}
	return out, nil
}

// orNoCode and orNoWords keep what was not written nil in an interface, too.
func orNoCode(c *interview.Code) evaluation.Code {
	if c == nil {
		return nil
	}
	return c
}

func orNoWords(t *interview.Text) evaluation.Words {
	if t == nil {
		return nil
	}
	return t
}
