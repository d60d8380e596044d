package question

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"colloquy/engine/screen"
)

// embedded is the attributes of the box round a field within a text.
func embedded(s *screen.Screen, f *screen.Field) templ.Attributes {
	a := row(s, f)
	a["class"] = strings.TrimPrefix(a["class"].(string), "field ") + " field-embedded"
	return a
}

// note is the attributes of a row of text.
func note(f *screen.Field) templ.Attributes {
	class := strings.TrimSpace(strings.Join([]string{"note prose da-field-container-note", f.Class, gridClass(f.Grid)}, " "))
	a := templ.Attributes{"class": class}
	if len(f.Conditions) > 0 {
		a["data-when"] = when(f)
	}
	return a
}

// fieldset is the attributes of a set of radio buttons or checkboxes.
func fieldset(s *screen.Screen, f *screen.Field) templ.Attributes {
	a := templ.Attributes{"id": f.ID, "class": "group"}
	if f.Control() != screen.ControlCheckboxes {
		a["role"] = "radiogroup"
		if f.Required {
			a["aria-required"] = "true"
		}
	}
	a["aria-labelledby"] = f.LabelID() // the legend holds the help too
	if f.Label == "" || f.NoLabel {
		a["aria-labelledby"] = heading
	}
	if d := f.DescribedBy(); d != "" {
		a["aria-describedby"] = d
	}
	if f.Disabled {
		a["disabled"] = true
	}
	return a
}

// legend names a group that has no label of its own.
func legend(s *screen.Screen, f *screen.Field) string {
	if f.Control() == screen.ControlCheckboxes {
		return s.Word("Choices:")
	}
	return s.Word("Choices (choose one):")
}

func yesNoControl(f *screen.Field) bool {
	return f.Control() == screen.ControlYesNo || f.Control() == screen.ControlMaybe
}

// boxAttributes is what a single checkbox has besides type and value.
func boxAttributes(s *screen.Screen, f *screen.Field) templ.Attributes {
	a := control(s, f)
	delete(a, "required") // a box may stay empty
	delete(a, "aria-labelledby")
	return a
}

// boxItem is a checkbox of a list.
func boxItem(f *screen.Field, c *screen.Choice) templ.Attributes {
	a := templ.Attributes{"type": "checkbox", "name": c.Name, "value": "True", "checked": c.Selected}
	if c.Variable != "" {
		a["data-variable"] = c.Variable
	}
	a["data-key"] = c.Key
	if c.Key == "" {
		a["data-key"] = c.Value
	}
	return a
}

// extraItem is the box for all or none of the above.
func extraItem(c *screen.Choice, mark string) templ.Attributes {
	return templ.Attributes{"type": "checkbox", "name": c.Name, "value": "True", "checked": c.Selected, mark: true}
}

// radioItem is a radio button.
func radioItem(f *screen.Field, c *screen.Choice) templ.Attributes {
	return templ.Attributes{"type": "radio", "name": f.Name, "value": c.Value, "checked": c.Selected, "required": f.Required}
}

// colorClass tints a choice.
func colorClass(c *screen.Choice) string {
	if c.Color == "" {
		return ""
	}
	return "choice-" + c.Color
}

// dropID is the id of the box that leaves out a file that was sent already.
func dropID(f *screen.Field, n int) string { return f.ID + "-drop-" + strconv.Itoa(n) }

// byteSize writes the size of a file for people.
func byteSize(n int64) string {
	switch {
	case n < 1000:
		return strconv.FormatInt(n, 10) + " B"
	case n < 1_000_000:
		return strconv.FormatFloat(float64(n)/1000, 'f', 0, 64) + " kB"
	}
	return strconv.FormatFloat(float64(n)/1_000_000, 'f', 1, 64) + " MB"
}

// area is the attributes of a textarea.
func area(s *screen.Screen, f *screen.Field) templ.Attributes {
	a := typed(s, f)
	rows := f.Rows
	if rows == 0 {
		rows = 4
	}
	a["rows"] = rows
	return a
}

// picked is the attributes of a select.
func picked(s *screen.Screen, f *screen.Field) templ.Attributes {
	a := control(s, f)
	class, _ := a["class"].(string)
	a["class"] = strings.TrimSpace("select " + class)
	if f.Embedded && f.InlineWidth != "" {
		a["style"] = "min-width: " + f.InlineWidth
	}
	return a
}

// pad is the attributes of the canvas to sign on.
func pad(s *screen.Screen) templ.Attributes {
	a := templ.Attributes{"class": "signature-pad", "tabindex": "-1", "role": "img", "aria-label": s.Word("Sign Your Name"),
		"aria-describedby": "signature-error", "data-pen": first(s.PenColor, "#000")}
	if len(s.Fields) > 0 {
		a["data-name"] = s.Fields[0].Name
		if f := &s.Fields[0]; f.Value != "" {
			a["data-image"] = f.Value
		}
		if s.Fields[0].Required {
			a["data-required"] = s.Word("You must sign your name to continue.")
		}
	}
	return a
}

func navClass(s *screen.Screen) string {
	switch n := s.Page.Nav; {
	case n == nil:
		return "sections-empty"
	case n.Horizontal:
		return "sections-across"
	case n.Small == "none":
		return "sections-none"
	case n.Small == "dropdown":
		return "sections-folded"
	}
	return ""
}

// currentSection is the label of the section one is in; "" for none.
func currentSection(ss []screen.Section) screen.HTML {
	for _, s := range ss {
		if s.Current {
			return s.Label
		}
	}
	return ""
}

// visibleRows is how many items of a multiselect show at once.
func visibleRows(f *screen.Field) int {
	if f.Rows > 0 {
		return f.Rows
	}
	return max(3, min(8, len(f.Choices)))
}

func size(i *screen.Image) string {
	style := ""
	if i.Width != "" {
		style += "width: " + i.Width + ";"
	}
	if i.Height != "" {
		style += "height: " + i.Height + ";"
	}
	return style
}

// choosing reports whether the buttons themselves are the answer.
func choosing(s *screen.Screen) bool {
	switch s.Kind {
	case screen.KindYesNo, screen.KindNoYes, screen.KindYesNoMaybe, screen.KindNoYesMaybe:
		return true
	}
	return s.Kind == screen.KindMultipleChoice && s.Variety == screen.VarietyButtons
}

// images reports whether the buttons are pictures.
func images(s *screen.Screen) bool {
	for _, b := range s.Buttons {
		if b.Image != nil {
			return true
		}
	}
	return false
}

func hasButtons(s *screen.Screen) bool {
	return len(s.Standard())+len(s.ActionButtons) > 0 || s.BackButton != nil || (s.HelpButton && s.Help != nil)
}

func reviewColor(f *screen.Field) string {
	if f.Action == nil {
		return "secondary"
	}
	return first(f.Action.Color, "secondary")
}

func documentsNotice(s *screen.Screen) string {
	if len(s.Attachments.Documents) == 1 {
		return s.Word("The following document has been created for you.")
	}
	return s.Word("The following documents have been created for you.")
}

func emailTitle(s *screen.Screen, documents int) string {
	if documents == 1 {
		return s.Word("E-mail this document")
	}
	return s.Word("E-mail these documents")
}

func zipTitle(s *screen.Screen, documents int) string {
	if documents == 1 {
		return s.Word("Download this document as a ZIP file")
	}
	return s.Word("Download all documents as a ZIP file")
}

// formatName is what the link to a file is called: its format, or its name if
// the author added it.
func formatName(f *screen.Format) string {
	switch {
	case f.Manual, f.Kind == "raw":
		return f.Filename
	case f.Kind == "md":
		return "Markdown"
	case f.Kind == "tex":
		return "LaTeX"
	}
	return strings.ToUpper(f.Kind)
}

// fileExtent says how large a file is.
func fileExtent(s *screen.Screen, f *screen.Format) string {
	var said []string
	switch {
	case f.Pages == 1:
		said = append(said, s.Word("1 page"))
	case f.Pages > 1:
		said = append(said, fmt.Sprintf("%d %s", f.Pages, s.Word("pages")))
	}
	if f.Size > 0 {
		said = append(said, fileSize(s, f.Size))
	}
	return strings.Join(said, ", ")
}

// fileSize is the size of a file as people say it.
func fileSize(s *screen.Screen, bytes int64) string {
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d %s", bytes, s.Word("bytes"))
	case bytes < 1000_000:
		return fmt.Sprintf("%d kB", (bytes+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

// formatText says what a file format is good for.
func formatText(s *screen.Screen, kind string) string {
	switch kind {
	case "raw":
		return s.Word("(for downloading)")
	case "tex":
		return s.Word("(for debugging PDF output)")
	case "pdf":
		return s.Word("(for printing; requires Adobe Reader or similar application)")
	case "rtf":
		return s.Word("(for editing; requires Microsoft Word, Wordpad, or similar application)")
	case "docx":
		return s.Word("(for editing; requires Microsoft Word or compatible application)")
	}
	return ""
}
