package language

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

//go:embed data/places.txt
var placeData string

// A Place is a country or one of its parts, by code and name.
type Place struct{ Code, Name string }

// A Country is an entry of ISO 3166-1.
type Country struct {
	Alpha2, Alpha3, Numeric, Name string
	parts                         []Place // sorted by name
}

var countries = sync.OnceValue(func() []Country {
	var list []Country
	for line := range strings.Lines(placeData) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		switch {
		case len(f) == 4:
			list = append(list, Country{Alpha2: f[0], Alpha3: f[1], Numeric: f[2], Name: f[3]})
		case len(f) == 3 && f[0] == "" && len(list) > 0:
			c := &list[len(list)-1]
			c.parts = append(c.parts, Place{Code: f[1], Name: f[2]})
		}
	}
	slices.SortFunc(list, func(a, b Country) int { return strings.Compare(a.Name, b.Name) })
	for _, c := range list {
		slices.SortFunc(c.parts, func(a, b Place) int { return strings.Compare(a.Name, b.Name) })
	}
	return list
})

// Countries returns the countries of ISO 3166-1 by alpha-2 code, with names in
// the speaker's language, sorted by them as that language sorts.
func (s Speaker) Countries() []Place {
	list := make([]Place, 0, len(countries()))
	for _, c := range countries() {
		list = append(list, Place{Code: c.Alpha2, Name: s.country(c)})
	}
	if !s.speaksEnglish() {
		order := collate.New(language.Make(canonicalLocale(s.Lang)))
		slices.SortStableFunc(list, func(a, b Place) int { return order.CompareString(a.Name, b.Name) })
	}
	return list
}

// country names a country: by the words of the language, in English by ISO
// 3166, elsewhere by CLDR.
func (s Speaker) country(c Country) string {
	if name, ok := s.words().Lookup(s.Lang, c.Name); ok {
		return name
	}
	if name := localeFor(s.Lang).Territories[c.Alpha2]; name != "" && !s.speaksEnglish() {
		return name
	}
	return c.Name
}

// CountryName returns the name of the country with an alpha-2 code, in the
// speaker's language, or false if there is none.
func (s Speaker) CountryName(code string) (string, bool) {
	for _, c := range countries() {
		if c.Alpha2 == code {
			return s.country(c), true
		}
	}
	return "", false
}

// States returns the first-level parts of a country (alpha-2 code), sorted by
// name; none if the country is unknown.
func (s Speaker) States(country string) []Place {
	for _, c := range countries() {
		if c.Alpha2 == strings.ToUpper(country) {
			list := slices.Clone(c.parts)
			for i := range list {
				list[i].Name = s.Word(list[i].Name)
			}
			return list
		}
	}
	return nil
}

// StateName returns the name of a part of a country, or code itself if there
// is none.
func (s Speaker) StateName(code, country string) string {
	for _, p := range s.States(country) {
		if p.Code == code {
			return p.Name
		}
	}
	return code
}

// partNames are what countries call their first-level parts.
var partNames = map[string]string{
	"US": "State", "MX": "State", "BR": "State", "IN": "State", "AU": "State", "VE": "State", "NG": "State", "AT": "State",
	"MY": "State", "SD": "State",
	"CA": "Province", "CN": "Province", "AR": "Province", "ZA": "Province", "TR": "Province", "NL": "Province", "CU": "Province",
	"ID": "Province", "IR": "Province", "EC": "Province", "CR": "Province", "DO": "Province", "VN": "Province",
	"DE": "Land", "CH": "Canton", "JP": "Prefecture", "PL": "Voivodship", "CO": "Department", "PY": "Department",
	"GT": "Department", "HN": "Department", "BO": "Department", "UY": "Department", "SV": "Department",
	"SE": "County", "NO": "County", "HR": "County", "KE": "County", "LR": "County", "PE": "Region", "CL": "Region",
	"IT": "Region", "GH": "Region", "NZ": "Region", "PT": "District", "GR": "Administrative region", "FI": "Region",
}

// SubdivisionType returns what a country calls its parts, such as "State", in
// the speaker's language, or false if that is not known.
func (s Speaker) SubdivisionType(country string) (string, bool) {
	name, ok := partNames[strings.ToUpper(country)]
	return s.Word(name), ok
}

// FindCountry finds a country by code, number or name, whatever its case and
// accents; the beginning or a part of the name will do if it is the only one.
func FindCountry(text string) (Country, error) {
	want := foldName(text)
	if want == "" {
		return Country{}, fmt.Errorf("invalid country: %q", text)
	}
	var found []Country
	for _, c := range countries() {
		name := foldName(c.Name)
		if want == strings.ToLower(c.Alpha2) || want == strings.ToLower(c.Alpha3) || want == c.Numeric || want == name {
			return c, nil
		}
		if len(want) > 2 && strings.Contains(name, want) {
			found = append(found, c)
		}
	}
	if code, ok := otherNames[want]; ok {
		return FindCountry(code)
	}
	if len(found) == 1 {
		return found[0], nil
	}
	for _, c := range found {
		if strings.HasPrefix(foldName(c.Name), want+",") {
			return c, nil
		}
	}
	return Country{}, fmt.Errorf("invalid country: %q", text)
}

// otherNames are what people call countries that ISO names otherwise.
var otherNames = map[string]string{
	"usa": "US", "united states of america": "US", "america": "US", "u.s.": "US", "u.s.a.": "US", "uk": "GB",
	"great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
	"russia": "RU", "south korea": "KR", "north korea": "KP", "vietnam": "VN", "laos": "LA", "syria": "SY",
	"ivory coast": "CI", "cape verde": "CV", "czech republic": "CZ", "swaziland": "SZ", "macedonia": "MK", "burma": "MM",
	"holland": "NL", "the netherlands": "NL", "turkey": "TR", "congo": "CG", "vatican": "VA", "brunei": "BN",
	"palestine": "PS", "east timor": "TL", "korea": "KR", "niger": "NE", "guinea": "GN", "virgin islands": "VI",
}

// foldName drops case and accents.
func foldName(name string) string {
	strip := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(strip, strings.TrimSpace(name))
	if err != nil {
		out = name
	}
	return strings.ToLower(out)
}
