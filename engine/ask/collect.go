package ask

import (
	"fmt"
	"strconv"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// The inputs of a screen that collects a list.
const (
	// DeleteRow is followed by the number of the row that the person deleted.
	DeleteRow = "_delete_row_"
	// AddedRows is how many of the prepared rows are in use.
	AddedRows = "_rows"
	// AddRow asks for the screen again with one more row.
	AddRow = "_add_row"
)

// spareRows is how many rows are prepared for scripts to show.
const spareRows = 15

// collected is a row of a list on its way to a screen.
type collected struct {
	number int
	drafts []draft
	fields []screen.Field
}

// collects reports whether the question takes a whole list at once.
func (p *preparation) collects() (bool, error) {
	if p.q.ListCollect == nil {
		return false, nil
	}
	return p.cond(p.q.ListCollect.Enable, true)
}

// collect prepares one row of fields per item of the list, and spare ones.
func (p *preparation) collect(list []*interview.Field) error {
	lc := p.q.ListCollect
	group, err := evaluation.Read(p.th, lc.List)
	if err != nil {
		return err
	}
	length, minimum, err := p.listSize(group)
	if err != nil {
		return err
	}
	appendable, err := p.cond(lc.AllowAppend, true)
	if err != nil {
		return err
	}
	deletable, err := p.cond(lc.AllowDelete, true)
	if err != nil {
		return err
	}
	shown := max(length, minimum, 1)
	total := shown
	if appendable {
		total += spareRows
	}
	saved, had := p.sc.Answers.Get(lc.Iterator)
	rows := &screen.Rows{CanAppend: appendable, AddName: AddRow, AddValue: strconv.Itoa(total)}
	for n := range total {
		row, err := p.row(list, n)
		if err != nil {
			return err
		}
		row.Spare = n >= shown
		row.Delete = deletable && n >= minimum
		rows.Rows = append(rows.Rows, row)
	}
	if had {
		p.sc.Answers.Set(lc.Iterator, saved)
	}
	if rows.AddLabel, err = p.text(lc.AddAnother); err != nil {
		return err
	}
	p.scr.Rows = rows
	p.scr.Hidden = append(p.scr.Hidden, screen.Hidden{Name: AddedRows, Value: strconv.Itoa(shown)})
	p.extraContinue()
	return p.continueButton("")
}

// listSize reads how many items the list has and must have.
func (p *preparation) listSize(group python.Value) (length, minimum int, err error) {
	elements, err := p.th.GetAttr(group, "elements")
	if err != nil {
		return 0, 0, err
	}
	list, ok := elements.(*python.List)
	if !ok {
		return 0, 0, python.Errorf(python.TypeError, "Cannot use list collect on these fields.")
	}
	min, err := p.th.GetAttr(group, "minimum_number")
	if err != nil {
		return 0, 0, err
	}
	n, _ := python.IntOf(min)
	return len(list.Elems), int(n), nil
}

// row prepares the fields of one item. Probing keeps the item from coming into
// being by being looked at.
func (p *preparation) row(list []*interview.Field, n int) (screen.ListRow, error) {
	p.sc.Answers.Set(p.q.ListCollect.Iterator, python.Int(n))
	row := screen.ListRow{Number: n, ID: fmt.Sprintf("row-%d", n), Marker: DeleteRow + strconv.Itoa(n)}
	label := python.NewStr(fmt.Sprintf("%d.", n+1))
	if p.q.ListCollect.Label != nil {
		var err error
		if label, err = p.str(p.q.ListCollect.Label); err != nil {
			return row, err
		}
	}
	drafts, fields, err := p.drafts(list, strconv.Itoa(n)+"_")
	if err != nil {
		return row, err
	}
	row.Fields = fields
	for i := range drafts {
		d := &drafts[i]
		d.out.Variable = p.inRow(d.out.Variable, n)
		p.renameInRow(d, n)
	}
	p.rows = append(p.rows, collected{number: n, drafts: drafts, fields: row.Fields})
	p.lookLater(row.Fields, drafts)
	p.r.later(func() { p.scr.Rows.Rows[n].Label = p.r.html(label, true) })
	return row, nil
}

// inRow writes a variable with the iterator replaced by the row's number.
func (p *preparation) inRow(variable string, n int) string {
	if variable == "" {
		return ""
	}
	old, had := p.sc.Answers.Get(p.q.ListCollect.Iterator)
	p.sc.Answers.Set(p.q.ListCollect.Iterator, python.Int(n))
	name := evaluation.Intrinsic(p.th, variable)
	if had {
		p.sc.Answers.Set(p.q.ListCollect.Iterator, old)
	}
	return name
}

// renameInRow gives the inputs of a row names of their own, and points its
// conditions at fields of the same row.
func (p *preparation) renameInRow(d *draft, n int) {
	alias := d.out.Name == Alias(d.out.Number)
	if !alias {
		d.out.Name = Encode(d.out.Variable)
	}
	for i := range d.out.Conditions {
		d.out.Conditions[i].Variable = p.inRow(d.out.Conditions[i].Variable, n)
	}
	for i := range d.out.Choices {
		if c := &d.out.Choices[i]; c.Name != "" {
			base := d.out.Variable
			if alias {
				base = "_field_" + d.out.Number
			}
			c.Variable, c.Name = itemName(base, d.opts[i], d.field.Datatype)
		}
	}
	for _, o := range []*screen.Others{d.out.DisableOthers, d.out.UncheckOthers, d.out.CheckOthers} {
		if o == nil {
			continue
		}
		for i, v := range o.Variables {
			o.Variables[i] = p.inRow(v, n)
		}
	}
}

// rows takes the items that were filled in: those in use and not deleted.
func (r *receiver) rows() error {
	used := len(r.p.rows)
	if text, ok := r.value(AddedRows); ok {
		if n, err := strconv.Atoi(text); err == nil && n >= 0 {
			used = min(n, used)
		}
	}
	iterator := r.p.q.ListCollect.Iterator
	var gone []python.Value
	for i, row := range r.p.rows {
		if i >= used && !r.touched(row) {
			continue
		}
		if text, ok := r.value(DeleteRow + strconv.Itoa(row.number)); ok && text == "1" {
			gone = append(gone, python.Int(row.number))
			r.p.scr.Rows.Rows[i].Deleted = true
			continue
		}
		r.p.scr.Rows.Rows[i].Spare = false
		from := len(r.sets)
		r.p.sc.Answers.Set(iterator, python.Int(row.number))
		if err := r.takeAll(row.drafts, r.p.scr.Rows.Rows[i].Fields); err != nil {
			return err
		}
		for n := from; n < len(r.sets); n++ {
			r.sets[n].variable = r.p.inRow(r.sets[n].variable, row.number)
		}
	}
	_, more := r.value(AddRow)
	return r.finishRows(gone, more)
}

// touched reports whether anything was posted in a prepared row: without
// scripts the next row is always open.
func (r *receiver) touched(row collected) bool {
	for i := range row.fields {
		if text, ok := r.value(row.fields[i].Name); ok && text != "" && row.fields[i].Control() != screen.ControlHidden {
			return true
		}
	}
	return false
}

// finishRows wraps the assignments of a list: items may be appended while they
// run, deleted rows are taken out after, and a final screen ends the list.
func (r *receiver) finishRows(gone []python.Value, more bool) error {
	lc := r.p.q.ListCollect
	final, err := r.p.cond(lc.IsFinal, true)
	if err != nil {
		return err
	}
	call := func(method string, args ...python.Value) error {
		group, err := evaluation.Read(r.p.th, lc.List)
		if err != nil {
			return err
		}
		_, err = r.p.th.CallMethod(group, method, args...)
		return err
	}
	begin := assignment{variable: lc.List, change: func(string) error { return call("_allow_appending") }}
	r.sets = append([]assignment{begin}, r.sets...)
	r.after = append(r.after, func() error {
		if len(gone) > 0 {
			if err := call("_remove_items_by_number", gone...); err != nil {
				return err
			}
		}
		if err := call("_disallow_appending"); err != nil {
			return err
		}
		if more {
			r.p.ev.Book().Push(r.p.ev.Visitor().Stack, evaluation.Pending{Action: "_da_list_add",
				Arguments: map[string]python.Value{"list": python.NewStr(evaluation.Intrinsic(r.p.th, lc.List)), "complete": python.False}})
			return nil
		}
		if final {
			return call("_collected")
		}
		return nil
	})
	return nil
}
