package words

import (
	"fmt"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/language"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// settingFunctions are about the language spoken and the country one is in.
// What they set lasts for one evaluation, as docassemble has it.
var settingFunctions = []function{
	{"set_language", setLanguage},
	{"get_language", place("get_language", func(p *evaluation.Place) string { return p.Language })},
	{"get_dialect", place("get_dialect", func(p *evaluation.Place) string { return p.Dialect })},
	{"get_voice", place("get_voice", func(p *evaluation.Place) string { return p.Voice })},
	{"set_country", setCountry},
	{"get_country", getCountry},
	{"language_from_browser", languageFromBrowser},
	{"language_name", languageName},
	{"get_config", getConfig},
}

// set_language(lang, dialect=None, voice=None)
func setLanguage(th *python.Thread, a *python.Args) (python.Value, error) {
	var lang string
	var dialect, voice python.Value
	if err := a.Unpack("set_language", "lang", &lang, "dialect?", &dialect, "voice?", &voice); err != nil {
		return nil, err
	}
	ev, err := running(th, "set_language")
	if err != nil {
		return nil, err
	}
	p := ev.Place()
	if lang != p.Language {
		p.Language, p.Dialect, p.Voice = lang, "", ""
	}
	p.Dialect, p.Voice = stringOr(dialect, p.Dialect), stringOr(voice, p.Voice)
	return python.None, nil
}

// place is a function that tells a text of the place an evaluation is at.
func place(name string, get func(*evaluation.Place) string) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		ev, err := running(th, name)
		if err != nil {
			return nil, err
		}
		return textOrNone(get(ev.Place())), a.Exactly(name, 0)
	}
}

// set_country(c)
func setCountry(th *python.Thread, a *python.Args) (python.Value, error) {
	var country string
	if err := a.Unpack("set_country", "country", &country); err != nil {
		return nil, err
	}
	ev, err := running(th, "set_country")
	if err != nil {
		return nil, err
	}
	ev.Place().Country = country
	return python.None, nil
}

func getCountry(th *python.Thread, a *python.Args) (python.Value, error) {
	return python.NewStr(country(th, nil)), a.Exactly("get_country", 0)
}

// country is the code given, else that of the evaluation, the configuration,
// or the United States.
func country(th *python.Thread, given python.Value) string {
	if s := stringOr(given, ""); s != "" {
		return s
	}
	ev := perhaps(th)
	if ev == nil {
		return "US"
	}
	if c := ev.Place().Country; c != "" {
		return c
	}
	if v, ok := ev.Config("country"); ok {
		return fmt.Sprint(v)
	}
	return "US"
}

// language_from_browser(*allowed)
func languageFromBrowser(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "language_from_browser")
	if err != nil {
		return nil, err
	}
	if err := a.NoKeywords("language_from_browser"); err != nil {
		return nil, err
	}
	values, err := spread(th, a.Pos)
	if err != nil {
		return nil, err
	}
	var allowed []string
	for _, v := range values {
		allowed = append(allowed, stringOr(v, ""))
	}
	code, ok := language.LanguageFromBrowser(strings.Join(ev.Visitor().BrowserLanguages, ","), allowed...)
	if !ok {
		return python.None, nil
	}
	return python.NewStr(code), nil
}

// language_name(code)
func languageName(th *python.Thread, a *python.Args) (python.Value, error) {
	var code string
	if err := a.Unpack("language_name", "code", &code); err != nil {
		return nil, err
	}
	return python.NewStr(speaker(th).LanguageName(code)), nil
}

// get_config(key, none_value=None) is an entry of the configuration that
// authors may read.
func getConfig(th *python.Thread, a *python.Args) (python.Value, error) {
	var key python.Value
	var otherwise python.Value = python.None
	if err := a.Unpack("get_config", "key", &key, "none_value?", &otherwise); err != nil {
		return nil, err
	}
	ev := perhaps(th)
	if ev == nil {
		return otherwise, nil
	}
	v, ok := ev.Config(stringOr(key, ""))
	if withheld, secret := v.(error); secret {
		return nil, python.Errorf(objects.DAError, "get_config: %s", withheld)
	}
	if !ok || v == nil {
		return otherwise, nil
	}
	return fromGo(v), nil
}
