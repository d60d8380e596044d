package template

import (
	"slices"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// functions are those of the library that templates use as filters.
var functions = []string{"word", "title_case", "salutation", "alpha", "roman", "ordinal", "ordinal_number", "nice_number", "currency",
	"comma_list", "comma_and_list", "country_name", "phone_number_formatted", "phone_number_in_e164", "format_date", "format_datetime",
	"format_time", "month_of", "year_of", "day_of", "dow_of", "verbatim", "redact", "add_separators", "fix_punctuation", "qr_code",
	"bold", "italic", "single_paragraph"}

// filter finds a filter that is not Jinja's: one of Word, or a function.
func filter(th *python.Thread, name string) (python.Value, bool) {
	switch name {
	case "markdown", "inline_markdown":
		return python.NewBuiltin(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			s, err := th.Str(a.Pos[0])
			if err != nil {
				return nil, err
			}
			return &markdown{text: s, inline: name == "inline_markdown"}, nil
		}), true
	case "paragraphs":
		return function(th, "single_to_double_newlines")
	case "RichText", "manual_line_breaks":
		return python.NewBuiltin(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			return th.Str(a.Pos[0])
		}), true
	}
	if slices.Contains(functions, name) {
		return function(th, name)
	}
	return nil, false
}

// function finds a function of the library; a thread without an evaluation has
// none.
func function(th *python.Thread, name string) (python.Value, bool) {
	if _, ok := th.Local().(evaluation.Evaluation); !ok {
		return nil, false
	}
	v, err := evaluation.Library(th, name)
	return v, err == nil
}
