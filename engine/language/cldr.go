package language

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"maps"
	"strings"
	"sync"
)

//go:generate go run gencldr.go -from node_modules -to data/cldr.json.gz

//go:embed data/cldr.json.gz
var cldrData []byte

// localeData is what one CLDR locale says. Names are by context and width:
// "f" within a date, "s" alone; "w" wide, "a" abbreviated, "n" narrow. Lists
// of patterns go from short to full.
type localeData struct {
	Months   map[string][]string `json:"months"`
	Days     map[string][]string `json:"days"` // Sunday first
	Quarters map[string][]string `json:"quarters"`
	Halves   []string            `json:"halves"`
	Eras     []string            `json:"eras"`
	EraNames []string            `json:"eranames"`
	Date     []string            `json:"date"`
	Time     []string            `json:"time"`
	Join     []string            `json:"join"`
	Region   string              `json:"region"`
	GMT      string              `json:"gmt"`
	Periods  map[string]string   `json:"periods"` // parts of the day
	Zones    map[string][]string `json:"zones"`   // long generic, standard, daylight, then short
	Numbers  []string            `json:"numbers"`
	Symbols  map[string]string   `json:"symbols"`
	Units    map[string]string   `json:"units"` // "day one" and so on: "{0} day"
	Lists    []string            `json:"lists"` // patterns of two, and of the start, middle and end of more

	Territories map[string]string `json:"territories"` // names of countries
	Tongues     map[string]string `json:"tongues"`     // names of languages

	language  string // as in the code under which it was found
	territory string
}

// cldr is the whole of the embedded data, locales still unread.
type cldr struct {
	Locales   map[string]json.RawMessage `json:"locales"`
	Parents   map[string]string          `json:"parents"`
	Metazones map[string]string          `json:"metazones"`
	Weeks     map[string][]string        `json:"weeks"`
	Periods   map[string][]string        `json:"periods"` // "afternoon1=720-1080", in minutes

	Plurals     map[string][]string            `json:"plurals"`  // "one: i = 1 and v = 0", of counts
	Ordinals    map[string][]string            `json:"ordinals"` // the same, of places
	RightToLeft []string                       `json:"rtl"`      // scripts
	Spelling    map[string]map[string][]string `json:"spelling"` // rules by locale and set: "100: ←← hundred[ →→]"

	mu    sync.Mutex
	read  map[string]*localeData
	money map[string]Conventions // by the canonical name of a known locale
}

var cldrRoot = sync.OnceValue(func() *cldr {
	c := &cldr{read: make(map[string]*localeData), money: make(map[string]Conventions)}
	z, err := gzip.NewReader(bytes.NewReader(cldrData))
	if err != nil {
		return c
	}
	if err := json.NewDecoder(z).Decode(c); err != nil {
		return c
	}
	return c
})

// localeFor returns the data of the nearest locale to a language code such as
// "es", "pt-BR" or "en_GB"; English if the language is unknown.
func localeFor(lang string) *localeData {
	c := cldrRoot()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, code := range narrowing(canonicalLocale(lang)) {
		if _, ok := c.Locales[code]; ok {
			l := c.load(code)
			if l.territory == "" {
				return l.in(territoryOf(lang))
			}
			return l
		}
	}
	return c.load("en").in("US")
}

func (l *localeData) in(territory string) *localeData {
	if territory == "" {
		return l
	}
	out := *l
	out.territory = territory
	return &out
}

// load reads a locale over the one that it inherits from.
func (c *cldr) load(code string) *localeData {
	if l, ok := c.read[code]; ok {
		return l
	}
	l := &localeData{}
	parent, ok := c.Parents[code]
	if !ok {
		parent = code[:max(strings.LastIndexByte(code, '-'), 0)]
	}
	var own localeData
	if raw, ok := c.Locales[code]; ok {
		if err := json.Unmarshal(raw, &own); err != nil {
			own = localeData{}
		}
	}
	if parent != "" && parent != code {
		*l = *c.load(parent)
	}
	l.over(&own)
	l.language, l.territory = narrowing(code)[len(narrowing(code))-1], territoryOf(code)
	c.read[code] = l
	return l
}

// over puts what own says over what l has so far. Nothing that l shares with
// another locale is changed.
func (l *localeData) over(own *localeData) {
	for _, list := range []struct{ to, from *[]string }{
		{&l.Halves, &own.Halves}, {&l.Eras, &own.Eras}, {&l.EraNames, &own.EraNames}, {&l.Date, &own.Date},
		{&l.Time, &own.Time}, {&l.Join, &own.Join}, {&l.Numbers, &own.Numbers},
		{&l.Lists, &own.Lists},
	} {
		if *list.from != nil {
			*list.to = *list.from
		}
	}
	if own.Region != "" {
		l.Region = own.Region
	}
	if own.GMT != "" {
		l.GMT = own.GMT
	}
	l.Months, l.Days, l.Quarters = merged(l.Months, own.Months), merged(l.Days, own.Days), merged(l.Quarters, own.Quarters)
	l.Zones, l.Symbols, l.Periods = merged(l.Zones, own.Zones), merged(l.Symbols, own.Symbols), merged(l.Periods, own.Periods)
	l.Units = merged(l.Units, own.Units)
	l.Territories, l.Tongues = merged(l.Territories, own.Territories), merged(l.Tongues, own.Tongues)
}

func merged[T any](base, own map[string]T) map[string]T {
	if len(own) == 0 {
		return base
	}
	out := maps.Clone(base)
	if out == nil {
		out = make(map[string]T, len(own))
	}
	maps.Copy(out, own)
	return out
}

// aliases are codes under which CLDR has no data of its own.
var aliases = map[string]string{
	"tl": "fil", "ht": "fr-HT", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr-Latn",
	"zh-TW": "zh-Hant", "zh-HK": "zh-Hant-HK", "zh-MO": "zh-Hant-MO",
}

// canonicalLocale writes a locale name as CLDR does: "pt_br.utf8" is "pt-BR".
func canonicalLocale(name string) string {
	name, _, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "@")
	pieces := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' })
	for i, p := range pieces {
		switch {
		case i == 0:
			pieces[i] = strings.ToLower(p)
		case len(p) == 4:
			pieces[i] = upperFirst(rune(p[0])) + strings.ToLower(p[1:])
		default:
			pieces[i] = strings.ToUpper(p)
		}
	}
	joined := strings.Join(pieces, "-")
	if other, ok := aliases[joined]; ok {
		return other
	}
	return joined
}

// territoryOf returns the country part of a locale name, if it has one.
func territoryOf(name string) string {
	pieces := strings.Split(canonicalLocale(name), "-")
	for _, p := range pieces[1:] {
		if len(p) == 2 {
			return p
		}
	}
	return ""
}

// weekRules returns the first day of the week (0 is Sunday) and how many days
// of a year its first week must have, for the country of a locale.
func (c *cldr) weekRules(territory string) (first, minDays int) {
	first, minDays = 1, 1
	days := map[string]int{"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6}
	for _, entry := range c.Weeks["first"] {
		if day, ok := strings.CutPrefix(entry, territory+"="); ok {
			first = days[day]
		}
	}
	for _, entry := range c.Weeks["min"] {
		if n, ok := strings.CutPrefix(entry, territory+"="); ok && n != "" {
			minDays = int(n[0] - '0')
		}
	}
	return first, minDays
}
