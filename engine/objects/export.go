package objects

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"github.com/xuri/excelize/v2"

	"colloquy/engine/python"
)

var exportNatives = []native{
	{"csv_file", csvFile},
	{"xlsx_file", xlsxFile},
}

// A sheet is a table about to become a file: its headers, and rows of Go values
// as spreadsheets know them (text, numbers, truth values, nil).
type sheet struct {
	head []string
	rows [][]any
}

// readSheet reads the headers and rows that a native was given. What is no
// number is text, as str() shows it.
func readSheet(th *python.Thread, head, rows python.Value) (*sheet, error) {
	s := &sheet{}
	titles, err := th.Elems(head)
	if err != nil {
		return nil, err
	}
	for _, v := range titles {
		text, err := th.Str(v)
		if err != nil {
			return nil, err
		}
		s.head = append(s.head, text.String())
	}
	lines, err := th.Elems(rows)
	if err != nil {
		return nil, err
	}
	for _, line := range lines {
		cells, err := th.Elems(line)
		if err != nil {
			return nil, err
		}
		row := make([]any, len(cells))
		for i, v := range cells {
			if row[i], err = cellValue(th, v); err != nil {
				return nil, err
			}
		}
		s.rows = append(s.rows, row)
	}
	return s, nil
}

func cellValue(th *python.Thread, v python.Value) (any, error) {
	switch n := v.(type) {
	case python.Bool:
		return bool(n), nil
	case python.Int:
		return int64(n), nil
	case python.Float:
		return float64(n), nil
	}
	if v == python.Value(python.None) {
		return nil, nil
	}
	if v.Class().QualifiedName() == "decimal.Decimal" {
		if float, ok := python.LookupBuiltin("float"); ok {
			f, err := th.Call(float, []python.Value{v}, nil)
			if n, isFloat := f.(python.Float); isFloat {
				return float64(n), err
			}
		}
	}
	text, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	return text.String(), nil
}

// csvFile writes headers and rows as RFC 4180 has it, but with line feeds.
func csvFile(th *python.Thread, a *python.Args) (python.Value, error) {
	var head, rows python.Value
	if err := a.Unpack("csv_file", "head", &head, "rows", &rows); err != nil {
		return nil, err
	}
	s, err := readSheet(th, head, rows)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	lines := [][]string{s.head}
	for _, row := range s.rows {
		line := make([]string, len(row))
		for i, v := range row {
			if v != nil {
				line[i] = fmt.Sprint(v)
			}
		}
		lines = append(lines, line)
	}
	if err := w.WriteAll(lines); err != nil {
		return nil, fmt.Errorf("write csv: %w", err)
	}
	return python.Outside(out.String()), nil
}

// xlsxFile writes headers and rows as a workbook of one sheet.
func xlsxFile(th *python.Thread, a *python.Args) (python.Value, error) {
	var head, rows python.Value
	var title string
	freeze := true
	if err := a.Unpack("xlsx_file", "head", &head, "rows", &rows, "title", &title, "freeze_panes", &freeze); err != nil {
		return nil, err
	}
	s, err := readSheet(th, head, rows)
	if err != nil {
		return nil, err
	}
	data, err := s.workbook(title, freeze)
	if err != nil {
		return nil, python.Errorf(DAError, "the table cannot be exported: %v", err)
	}
	b := python.NewBytes(data)
	b.Outside = true
	return b, nil
}

const firstSheet = "Sheet1" // what a new workbook calls it

// workbook is the sheet in the format of Excel. A cell that holds text holds
// no formula, whatever the text begins with.
func (s *sheet) workbook(title string, freeze bool) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if title != "" {
		if err := f.SetSheetName(firstSheet, title); err != nil {
			return nil, err
		}
	} else {
		title = firstSheet
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	w, err := f.NewStreamWriter(title)
	if err != nil {
		return nil, err
	}
	if freeze {
		if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
			return nil, err
		}
	}
	for n, row := range append([][]any{s.heading(bold)}, s.rows...) {
		at, err := excelize.CoordinatesToCellName(1, n+1)
		if err != nil {
			return nil, err
		}
		if err := w.SetRow(at, row); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (s *sheet) heading(style int) []any {
	row := make([]any, len(s.head))
	for i, text := range s.head {
		row[i] = excelize.Cell{Value: text, StyleID: style}
	}
	return row
}
