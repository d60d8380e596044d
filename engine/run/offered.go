package run

import (
	"slices"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// offeredChoices is where the book notes the choices that check ins gave to
// pages: a dictionary of lists of values by variable.
const offeredChoices = "choices offered"

// noteOffered notes the choices that the page of a check in is given for its
// fields: they may be picked, though the question does not have them.
func (s *step) noteOffered(b *evaluation.BackgroundRespond) {
	if b == nil || b.Kind != "fields" {
		return
	}
	fields, ok := fieldsIn(b.Value)
	if !ok {
		return
	}
	old, _ := s.state.Book.Misc[offeredChoices].(*python.Dict)
	all := python.NewDict()
	if old != nil {
		all = old.Clone()
	}
	for k, v := range fields.All() {
		name, _ := python.StringOf(k)
		if values := choicesOf(v); values != nil {
			list := make([]python.Value, len(values))
			for i, value := range values {
				list[i] = python.NewStr(value)
			}
			all.SetStr(name, python.NewTuple(list...))
		}
	}
	if all.Len() > 0 {
		s.state.Book.Misc[offeredChoices] = all
	}
}

// fieldsIn reads what background_response(..., 'fields') was given.
func fieldsIn(v python.Value) (*python.Dict, bool) {
	if list, ok := v.(*python.List); ok && len(list.Elems) > 0 {
		v = list.Elems[0]
	}
	d, ok := v.(*python.Dict)
	return d, ok
}

// choicesOf are the values of the choices in {'choices': ..., 'value': ...},
// nil if there are none.
func choicesOf(v python.Value) []string {
	d, ok := v.(*python.Dict)
	if !ok {
		return nil
	}
	choices, _ := d.GetStr("choices")
	var out []string
	switch c := choices.(type) {
	case *python.Dict:
		for k := range c.All() {
			out = append(out, choiceText(k))
		}
	case *python.List:
		for _, item := range c.Elems {
			out = append(out, choiceValue(item))
		}
	}
	return out
}

// choiceValue is the value of a choice: a text, [value, label] or {value: label}.
func choiceValue(v python.Value) string {
	switch v := v.(type) {
	case *python.List:
		if len(v.Elems) > 0 {
			return choiceText(v.Elems[0])
		}
	case *python.Tuple:
		if len(v.Elems) > 0 {
			return choiceText(v.Elems[0])
		}
	case *python.Dict:
		for k := range v.All() {
			return choiceText(k)
		}
	}
	return choiceText(v)
}

func choiceText(v python.Value) string {
	if s, ok := python.StringOf(v); ok {
		return s
	}
	return plainText(v)
}

// offered reports whether a page was given a choice for a variable after it was
// drawn: by a check in, or by a background action that is over.
func (s *step) offered(variable, value string) bool {
	if all, _ := s.state.Book.Misc[offeredChoices].(*python.Dict); all != nil {
		list, _ := all.GetStr(variable)
		if values, ok := list.(*python.Tuple); ok && slices.ContainsFunc(values.Elems, func(v python.Value) bool {
			text, _ := python.StringOf(v)
			return text == value
		}) {
			return true
		}
	}
	for _, id := range s.noted(notedTasks) {
		t, err := s.task(id)
		if err == nil && t != nil && t.Notify == "fields" && t.Phase == evaluation.TaskDone && s.offers(t, variable, value) {
			return true
		}
	}
	return false
}

// offers looks for a choice in the result of a background action.
func (s *step) offers(t *Task, variable, value string) bool {
	th := s.r.thread(s.ctx)
	defer th.Close()
	_, v, err := s.readResult(th, t)
	if err != nil || v == nil {
		return false
	}
	fields, ok := fieldsIn(v)
	if !ok {
		return false
	}
	given, _ := fields.GetStr(variable)
	return slices.Contains(choicesOf(orNone(given)), value)
}
