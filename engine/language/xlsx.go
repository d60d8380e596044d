package language

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// maxSheet is how large a part of a spreadsheet may be once unpacked, in bytes.
const maxSheet = 64 << 20

// ReadXLSX reads a translation file that is a spreadsheet: its first sheet has
// the columns orig_lang, tr_lang, orig_text and tr_text, in any order, under a
// row that names them. Rows without a translation are left out. Errors carry
// the name, and the row where there is one.
func ReadXLSX(name string, data []byte) ([]Translation, error) {
	book, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%s: read spreadsheet: %w", name, err)
	}
	rows, err := firstSheet(book)
	if err != nil {
		return nil, fmt.Errorf("%s: read spreadsheet: %w", name, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: the spreadsheet has no rows", name)
	}
	var at [6]int
	for i, column := range [...]string{"orig_lang", "tr_lang", "orig_text", "tr_text", "interview", "question_id"} {
		at[i] = slices.Index(rows[0], column)
		if at[i] < 0 && i < 4 {
			return nil, fmt.Errorf("%s: row 1 of the spreadsheet names no column %s", name, column)
		}
	}
	var list []Translation
	for _, row := range rows[1:] {
		cell := func(i int) string {
			if i < 0 || i >= len(row) {
				return ""
			}
			return row[i]
		}
		t := Translation{From: cell(at[0]), To: cell(at[1]), Text: cell(at[2]), Translated: cell(at[3]), Source: cell(at[4]), ID: cell(at[5])}
		if t.To != "" && t.Text != "" && strings.TrimSpace(t.Translated) != "" {
			list = append(list, t)
		}
	}
	return list, nil
}

// firstSheet returns the cells of the first sheet as text.
func firstSheet(book *zip.Reader) ([][]string, error) {
	where, err := sheetPath(book)
	if err != nil {
		return nil, err
	}
	var shared struct {
		Items []richText `xml:"si"`
	}
	if err := readPart(book, "xl/sharedStrings.xml", &shared); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var sheet struct {
		Rows []struct {
			Cells []sheetCell `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := readPart(book, where, &sheet); err != nil {
		return nil, err
	}
	rows := make([][]string, len(sheet.Rows))
	for i, row := range sheet.Rows {
		for _, c := range row.Cells {
			column := c.column(len(rows[i]))
			for len(rows[i]) <= column {
				rows[i] = append(rows[i], "")
			}
			if rows[i][column], err = c.text(shared.Items); err != nil {
				return nil, err
			}
		}
	}
	return rows, nil
}

// sheetPath finds the first sheet of a workbook.
func sheetPath(book *zip.Reader) (string, error) {
	var sheets struct {
		List []struct {
			ID string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := readPart(book, "xl/workbook.xml", &sheets); err != nil {
		return "", err
	}
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := readPart(book, "xl/_rels/workbook.xml.rels", &relations); err != nil {
		return "", err
	}
	for _, r := range relations.List {
		if len(sheets.List) > 0 && r.ID == sheets.List[0].ID {
			if strings.HasPrefix(r.Target, "/") {
				return r.Target[1:], nil
			}
			return path.Join("xl", r.Target), nil
		}
	}
	return "", errors.New("it has no sheet")
}

func readPart(book *zip.Reader, name string, into any) error {
	f, err := book.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	part, err := io.ReadAll(io.LimitReader(f, maxSheet+1))
	if err != nil {
		return err
	}
	if len(part) > maxSheet {
		return fmt.Errorf("%s is larger than %d MiB", name, maxSheet>>20)
	}
	return xml.Unmarshal(part, into)
}

// richText is a text in one piece, or in several that look different.
type richText struct {
	Plain  string   `xml:"t"`
	Pieces []string `xml:"r>t"`
}

func (t richText) String() string { return t.Plain + strings.Join(t.Pieces, "") }

type sheetCell struct {
	Ref    string   `xml:"r,attr"` // "C12"
	Kind   string   `xml:"t,attr"` // "s": the value is the number of a shared text
	Value  string   `xml:"v"`
	Inline richText `xml:"is"`
}

// maxColumn is the last column that a spreadsheet can have, XFD.
const maxColumn = 16384

// column returns the index of the column that a cell is in: next, if it does not say.
func (c sheetCell) column(next int) int {
	n := 0
	for _, r := range c.Ref {
		if r < 'A' || r > 'Z' || n > maxColumn {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	if n == 0 || n > maxColumn {
		return next
	}
	return n - 1
}

func (c sheetCell) text(shared []richText) (string, error) {
	switch c.Kind {
	case "inlineStr":
		return c.Inline.String(), nil
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(c.Value))
		if err != nil || i < 0 || i >= len(shared) {
			return "", fmt.Errorf("cell %s names a text that is not there", c.Ref)
		}
		return shared[i].String(), nil
	}
	return c.Value, nil
}
