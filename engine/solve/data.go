package solve

import (
	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// makeData defines the variable of a data or "data from code" block.
func (s *Solver) makeData(b *interview.Block) error {
	d := b.Data
	value := d.Value
	if d.UseObjects == interview.DescribedObjects {
		value = described(value)
	}
	v, err := ask.NodeValue(s.th, s.answers, value)
	if err != nil {
		return err
	}
	gathered, err := s.gathered(d.Gathered)
	if err != nil {
		return err
	}
	v, err = s.structure(v, d.UseObjects, d.Name.Text, gathered)
	if err != nil {
		return err
	}
	return evaluation.Write(s.th, d.Name.Text, v)
}

// described keeps the names of classes and modules in data that describe
// objects as they are written: they are neither templates nor code.
func described(n *interview.Node) *interview.Node {
	if n.Scalar() {
		return n
	}
	out := *n
	out.Items = make([]*interview.Node, len(n.Items))
	for i, item := range n.Items {
		out.Items[i] = described(item)
		if n.Kind == interview.Map && item.Scalar() && (n.Keys[i].Str == "object" || n.Keys[i].Str == "module") && n.Get("object") != nil {
			plain := *item
			plain.Code, plain.Text = nil, nil
			out.Items[i] = &plain
		}
	}
	return &out
}

// makeFromFile defines one variable of an "objects from file" block.
func (s *Solver) makeFromFile(b *interview.Block, f *interview.ObjectFile) error {
	ref, err := f.File.Render(s.th, s.answers)
	if err != nil {
		return err
	}
	gathered, err := s.gathered(f.Gathered)
	if err != nil {
		return err
	}
	fn, err := s.library("objects_from_file")
	if err != nil {
		return err
	}
	v, err := s.th.Call(fn, []python.Value{ref}, []python.Kwarg{
		{Name: "name", Value: python.NewStr(evaluation.Intrinsic(s.th, f.Name.Text))},
		{Name: "use_objects", Value: python.Bool(f.UseObjects != interview.PlainData)},
		{Name: "gathered", Value: python.Bool(gathered)},
		{Name: "package", Value: python.NewStr(b.Package)},
	})
	if err != nil {
		return err
	}
	return evaluation.Write(s.th, f.Name.Text, v)
}

// gathered is a condition that is true unless written otherwise.
func (s *Solver) gathered(c interview.Cond) (bool, error) {
	if !c.Set {
		return true, nil
	}
	return s.holds(c)
}

// structure turns plain data into groups or the objects they describe.
func (s *Solver) structure(v python.Value, use interview.ObjectUse, name string, gathered bool) (python.Value, error) {
	fn := ""
	switch use {
	case interview.PlainData:
		return v, nil
	case interview.GroupObjects:
		fn = "objects_from_structure"
	case interview.DescribedObjects:
		fn = "objects_from_data"
	}
	make, err := s.library(fn)
	if err != nil {
		return nil, err
	}
	return s.th.Call(make, []python.Value{v}, []python.Kwarg{
		{Name: "root", Value: python.NewStr(evaluation.Intrinsic(s.th, name))},
		{Name: "gathered", Value: python.Bool(gathered)},
	})
}

// assemble makes the documents of an attachments block without a question and
// defines their variables.
func (s *Solver) assemble(b *interview.Block) error {
	if err := ask.Assemble(s.th, s.scene(nil), b); err != nil {
		return s.at(b, err)
	}
	return nil
}
