package solve

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// OrderInput is the input in which scripts post how people put the rows of
// tables in another order.
const OrderInput = "_order_changes"

// orderChange is what was done to one table: pairs of old and new place.
type orderChange struct {
	Table   string   `json:"table"` // name of the list, in base64
	Changes [][2]int `json:"changes"`
}

// ErrOrder says that what was posted is no order of a list.
var ErrOrder = errors.New("not an order of the rows")

// Reorder puts lists in the order that was posted: those of offered, which the
// screen let people put in order. A list that has other items now than it had
// then stays as it is. It returns ErrOrder for what no script of ours posts.
func (s *Solver) Reorder(posted string, offered []string) error {
	var all []orderChange
	text, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(posted, "="))
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOrder, err)
	}
	for _, c := range all {
		name, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(c.Table, "="))
		if err != nil || !slices.Contains(offered, string(name)) || !permutes(c.Changes) {
			return fmt.Errorf("%w of %d bytes", ErrOrder, len(c.Table))
		}
		if err := s.reorder(string(name), c.Changes); err != nil {
			return err
		}
	}
	return nil
}

// permutes reports whether every place that is left is taken again, once.
func permutes(changes [][2]int) bool {
	var from, to []int
	for _, c := range changes {
		from, to = append(from, c[0]), append(to, c[1])
	}
	slices.Sort(from)
	slices.Sort(to)
	return slices.Equal(from, to) && len(slices.Compact(to)) == len(from) && (len(from) == 0 || from[0] >= 0)
}

func (s *Solver) reorder(name string, changes [][2]int) error {
	list, err := evaluation.Read(s.th, name)
	if err != nil {
		return err
	}
	elements, err := s.th.GetAttr(list, "elements")
	if err != nil {
		return err
	}
	size, err := s.th.Len(elements)
	if err != nil {
		return err
	}
	args := make([]python.Value, len(changes))
	for i, c := range changes {
		if max(c[0], c[1]) >= size {
			return nil
		}
		args[i] = python.NewList(python.Int(c[0]), python.Int(c[1]))
	}
	_, err = s.th.CallMethod(list, "_reorder", args...)
	return err
}
