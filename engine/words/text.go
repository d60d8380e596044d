package words

import (
	"strings"

	"colloquy/engine/language"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// textFunctions change plain text.
var textFunctions = []function{
	{"capitalize", capitalize},
	{"title_case", titleCase},
	{"plain", plain},
	{"bold", emphasized("bold", language.Bold)},
	{"italic", emphasized("italic", language.Italic)},
	{"indent", indent},
	{"single_paragraph", reshaped("single_paragraph", language.SingleParagraph)},
	{"single_to_double_newlines", reshaped("single_to_double_newlines", language.SingleToDoubleNewlines)},
	{"quote_paragraphs", reshaped("quote_paragraphs", language.QuoteParagraphs)},
	{"fix_punctuation", fixPunctuation},
	{"space_to_underscore", spaceToUnderscore},
	{"verbatim", verbatim},
	{"redact", redact},
	{"raw", raw},
}

// reshaped is a function of one text.
func reshaped(name string, f func(string) language.Parts) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		var v python.Value
		if err := a.Unpack(name, "text", &v); err != nil {
			return nil, err
		}
		s, err := th.Str(v)
		if err != nil {
			return nil, err
		}
		return objects.Lay(f(s.String()), s), nil
	}
}

// capitalize(a) leaves text of one character as it is.
func capitalize(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	var kw []python.Kwarg
	if err := a.Unpack("capitalize", "a", &v, "**kw", &kw); err != nil {
		return nil, err
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	return objects.Lay(language.Whole(0, s.String()).Capitalized(), s), nil
}

// title_case(text)
func titleCase(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	var kw []python.Kwarg
	if err := a.Unpack("title_case", "text", &v, "**kw", &kw); err != nil {
		return nil, err
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	return retraced(s, language.TitleCase(s.String())), nil
}

// retraced lays the spans of a text over what became of it.
func retraced(in *python.Str, out string) *python.Str {
	if !in.HasOutside() {
		return python.NewStr(out)
	}
	return objects.Lay(language.Trace(in.String(), out), in)
}

// plain(text, default=None) is the value itself, or default if it is blank.
func plain(th *python.Thread, a *python.Args) (python.Value, error) {
	v, s, fallback, err := withDefault(th, a, "plain")
	switch {
	case err != nil:
		return nil, err
	case s != nil && !language.IsBlank(s.String()):
		return v, nil
	case isNone(fallback):
		return python.NewStr(""), nil
	}
	return fallback, nil
}

// withDefault reads (text, default=None); the text is nil for None.
func withDefault(th *python.Thread, a *python.Args, fn string) (v python.Value, s *python.Str, fallback python.Value, err error) {
	if err = a.Unpack(fn, "text", &v, "default?", &fallback); err != nil || isNone(v) {
		return v, nil, fallback, err
	}
	s, err = th.Str(v)
	return v, s, fallback, err
}

func emphasized(name string, f func(text, fallback string) language.Parts) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		_, s, fallback, err := withDefault(th, a, name)
		if err != nil {
			return nil, err
		}
		if s == nil || language.IsBlank(s.String()) {
			if isNone(fallback) {
				return python.NewStr(""), nil
			}
			if s, err = th.Str(fallback); err != nil {
				return nil, err
			}
		}
		return objects.Lay(f(s.String(), ""), s), nil
	}
}

// indent(text, by=4)
func indent(th *python.Thread, a *python.Args) (python.Value, error) {
	var v, by python.Value
	if err := a.Unpack("indent", "text", &v, "by?", &by); err != nil {
		return nil, err
	}
	n := int64(4)
	if !isNone(by) {
		var ok bool
		if n, ok = python.IntOf(by); !ok || n < 0 || n > 1000 {
			n = 4
		}
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	if err := th.Alloc(len(s.String()) + int(n)*(1+strings.Count(s.String(), "\n"))); err != nil {
		return nil, err
	}
	return objects.Lay(language.Indent(s.String(), int(n)), s), nil
}

// fix_punctuation(text, mark='.', other_marks=['.', '?', '!'])
func fixPunctuation(th *python.Thread, a *python.Args) (python.Value, error) {
	var v, mark, others python.Value
	if err := a.Unpack("fix_punctuation", "text", &v, "mark?", &mark, "other_marks?", &others); err != nil {
		return nil, err
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	marks := language.SentenceMarks()
	if !isNone(others) {
		if marks, err = stringsOf(th, others); err != nil {
			return nil, err
		}
	}
	return objects.Lay(language.FixPunctuation(s.String(), stringOr(mark, "."), marks), s), nil
}

// stringsOf reads a list of texts, or one text as a list of its own.
func stringsOf(th *python.Thread, v python.Value) ([]string, error) {
	if s, ok := python.StringOf(v); ok {
		return []string{s}, nil
	}
	var out []string
	err := th.Each(v, func(v python.Value) error {
		s, err := th.Str(v)
		if err == nil {
			out = append(out, s.String())
		}
		return err
	})
	return out, err
}

// space_to_underscore(a) is a safe file name.
func spaceToUnderscore(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	var kw []python.Kwarg
	if err := a.Unpack("space_to_underscore", "a", &v, "**kw", &kw); err != nil {
		return nil, err
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	out := python.NewStr(language.SpaceToUnderscore(s.String()))
	if s.HasOutside() {
		out = out.Marked()
	}
	return out, nil
}

// verbatim(text) shows text exactly as it was typed, wherever it is shown.
func verbatim(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("verbatim", "text", &v); err != nil {
		return nil, err
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	if inside(th) == "standard" {
		return objects.Lay(ownEntities(language.Verbatim(s.String()), s.String()), s), nil
	}
	return s, nil // other writers take text for nothing else
}

// ownEntities declares what replaces a character to be ours: an entity is not
// to be escaped again where text from outside is.
func ownEntities(parts language.Parts, source string) language.Parts {
	for i, p := range parts {
		if p.Item == 0 && source[p.From:p.To] != p.Text {
			parts[i].Item = language.Literal
		}
	}
	return parts
}

// inside is what is being made: "standard" is a screen.
func inside(th *python.Thread) string {
	if ev := perhaps(th); ev != nil {
		return ev.Place().Where()
	}
	return "standard"
}

// redact(text) blackens text.
func redact(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("redact", "text", &v); err != nil {
		return nil, err
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	where := inside(th)
	if ev := perhaps(th); ev != nil && ev.Place().Unredacted {
		return s, nil
	}
	switch where {
	case "docx":
		return python.NewStr(language.RedactBlocks(s.String())), nil
	case "pdf":
		return python.NewStr(crossed(s.String())), nil
	case "standard":
	default: // a document must not hold what it blackens
		hidden := crossed(s.String())
		return objects.Lay(language.Redact(hidden), python.NewStr(hidden)), nil
	}
	return objects.Lay(language.Redact(s.String()), s), nil
}

// crossed replaces every character by an x; spaces stay between words.
func crossed(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\r' || r == '-' {
			return r
		}
		return 'x'
	}, s)
}

// raw(value) keeps a value from being converted for a word processor.
func raw(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("raw", "value", &v); err != nil {
		return nil, err
	}
	return v, nil
}
