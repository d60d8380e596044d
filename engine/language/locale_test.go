package language

import (
	"math"
	"slices"
	"testing"
)

func conventions(t *testing.T, name, lang string) *Conventions {
	t.Helper()
	c, err := ConventionsFor(name, lang)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCurrency(t *testing.T) {
	after, before, none := false, true, 0
	us := conventions(t, "en_US.utf8", "")
	override, err := us.With("currency_symbol", "£")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		c      *Conventions
		amount float64
		m      Money
		want   string
	}{
		{us, 45.2, Money{}, "$45.20"}, {us, 45, Money{}, "$45.00"}, {us, -5, Money{}, "-$5.00"},
		{us, 1234567.89, Money{}, "$1,234,567.89"}, {us, 45.99, Money{Whole: true}, "$45"},
		{us, 5, Money{Symbol: "€"}, "€5.00"}, {us, 5, Money{Symbol: "€", Precedes: &after}, "5.00€"},
		{us, -5, Money{Symbol: "€"}, "€-5.00"}, {us, 5, Money{Decimals: &none}, "$5"}, {us, -0.001, Money{}, "$0.00"},
		{us, math.NaN(), Money{}, ""}, {us, math.Inf(1), Money{}, ""}, {override, 5, Money{}, "£5.00"},
		{usConventions(), 1234.5, Money{}, "$1,234.50"},
		{conventions(t, "US.utf8", "en"), 1234.5, Money{}, "$1,234.50"},
		{conventions(t, "de_DE.utf8", ""), 1234.5, Money{}, "1.234,50\u00a0€"},
		{conventions(t, "de_DE", ""), -1234.5, Money{}, "-1.234,50\u00a0€"},
		{conventions(t, "de_DE", ""), 1, Money{Precedes: &before}, "€\u00a01,00"},
		{conventions(t, "fr_FR", ""), 1234.5, Money{}, "1\u202f234,50\u00a0€"},
		{conventions(t, "en_GB", ""), 12, Money{}, "£12.00"}, {conventions(t, "ja_JP", ""), 1200, Money{}, "￥1,200"},
		{conventions(t, "hi_IN", ""), 1234567, Money{}, "₹12,34,567.00"}, {conventions(t, "es_MX", ""), 1234.5, Money{}, "$1,234.50"},
	} {
		if got := tt.c.Currency(tt.amount, tt.m); got != tt.want {
			t.Errorf("%s: Currency(%v, %+v) = %q, want %q", tt.c.Name, tt.amount, tt.m, got, tt.want)
		}
	}
}

func TestConventionsUnknown(t *testing.T) {
	for _, name := range []string{"", "xx_US", "en", "en_QQ", "Klingon"} {
		if c, err := ConventionsFor(name, "en"); err == nil {
			t.Errorf("ConventionsFor(%q) = %+v, want an error", name, c)
		}
	}
}

func TestConventionsWith(t *testing.T) {
	us := conventions(t, "en_US", "")
	for _, tt := range []struct {
		name  string
		value any
		want  any
	}{
		{"p_cs_precedes", 0, false}, {"n_cs_precedes", int64(0), false}, {"p_sep_by_space", true, true},
		{"n_sep_by_space", 1.0, true}, {"frac_digits", 3, 3}, {"decimal_point", ",", ","}, {"mon_thousands_sep", "'", "'"},
		{"currency_symbol", "€", "€"}, {"negative_sign", "−", "−"},
	} {
		c, err := us.With(tt.name, tt.value)
		if err != nil {
			t.Errorf("With(%q): %v", tt.name, err)
			continue
		}
		if got, ok := c.Get(tt.name); !ok || got != tt.want {
			t.Errorf("With(%q, %v) gives %v, want %v", tt.name, tt.value, got, tt.want)
		}
	}
	for name, value := range map[string]any{"nonsense": 1, "currency_symbol": 1, "frac_digits": "x"} {
		if _, err := us.With(name, value); err == nil {
			t.Errorf("With(%q, %v) was taken", name, value)
		}
	}
	if _, ok := us.Get("nonsense"); ok {
		t.Error("Get(nonsense) found something")
	}
	if us.Symbol != "$" {
		t.Error("With changed the original")
	}
}

func TestNumbersFollowTheLocale(t *testing.T) {
	s := Speaker{Locale: conventions(t, "de_DE", "")}
	if got, err := s.NiceNumber(Float(23423.5), SpellSmall); err != nil || got != "23.423,5" {
		t.Errorf("NiceNumber = %q, %v", got, err)
	}
}

func TestLanguageFromBrowser(t *testing.T) {
	const header = "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5"
	for _, tt := range []struct {
		header  string
		allowed []string
		want    string
	}{
		{header, []string{"de", "en"}, "en"}, {header, []string{"fr", "en"}, "fr"}, {header, nil, "fr"},
		{header, []string{"es"}, ""}, {"", []string{"en"}, ""}, {"en;q=0", []string{"en"}, ""}, {"%%%", nil, ""},
	} {
		got, ok := LanguageFromBrowser(tt.header, tt.allowed...)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("LanguageFromBrowser(%q, %q) = %q, %v, want %q", tt.header, tt.allowed, got, ok, tt.want)
		}
	}
}

func TestLanguageName(t *testing.T) {
	for code, want := range map[string]string{"es": "Spanish", "fr": "French", "zz-": "zz-", "": ""} {
		if got := (Speaker{}).LanguageName(code); got != want {
			t.Errorf("LanguageName(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	s := Speaker{}
	list := s.Countries()
	if len(list) != 249 || !slices.IsSortedFunc(list, func(a, b Place) int {
		if a.Name <= b.Name {
			return -1
		}
		return 1
	}) {
		t.Errorf("Countries: %d entries, or not sorted", len(list))
	}
	for code, want := range map[string]string{"US": "United States", "BO": "Bolivia, Plurinational State of", "TR": "Türkiye"} {
		if got, ok := s.CountryName(code); !ok || got != want {
			t.Errorf("CountryName(%q) = %q, %v", code, got, ok)
		}
	}
	if got, ok := s.CountryName("XX"); ok {
		t.Errorf("CountryName(XX) = %q", got)
	}
	states := s.States("US")
	if len(states) != 57 || states[0] != (Place{"AL", "Alabama"}) || states[1].Code != "AK" || states[2].Code != "AS" {
		t.Errorf("States(US) has %d entries and begins %v", len(states), states[:3])
	}
	if got := s.States("XX"); got != nil {
		t.Errorf("States(XX) = %v", got)
	}
	if got := s.StateName("MA", "US"); got != "Massachusetts" {
		t.Errorf("StateName(MA) = %q", got)
	}
	if got := s.StateName("ZZ", "US"); got != "ZZ" {
		t.Errorf("StateName(ZZ) = %q", got)
	}
	if got, ok := s.SubdivisionType("ca"); !ok || got != "Province" {
		t.Errorf("SubdivisionType(ca) = %q, %v", got, ok)
	}
}

func TestFindCountry(t *testing.T) {
	for text, want := range map[string]string{
		"us": "US", "USA": "US", "840": "US", "united states": "US", "Germany": "DE", "cote d'ivoire": "CI", "england": "GB",
		"Bolivia": "BO", "Viet": "VN", "turkiye": "TR", "south korea": "KR", "venezuela": "VE",
	} {
		if got, err := FindCountry(text); err != nil || got.Alpha2 != want {
			t.Errorf("FindCountry(%q) = %q, %v, want %q", text, got.Alpha2, err, want)
		}
	}
	for _, text := range []string{"", "Atlantis", "land"} {
		if got, err := FindCountry(text); err == nil {
			t.Errorf("FindCountry(%q) = %q", text, got.Alpha2)
		}
	}
}

func TestPhones(t *testing.T) {
	for _, tt := range []struct{ number, country, e164, national string }{
		{"202-555-1234", "US", "+12025551234", "(202) 555-1234"}, {"+44 20 7946 0958", "US", "+442079460958", "020 7946 0958"},
		{"123", "US", "", ""}, {"", "US", "", ""}, {"hello", "US", "", ""}, {"030 901820", "de", "+4930901820", "030 901820"},
	} {
		got, ok := PhoneE164(tt.number, tt.country)
		if got != tt.e164 || ok != (tt.e164 != "") || ok != PhoneIsValid(tt.number, tt.country) {
			t.Errorf("PhoneE164(%q) = %q, %v, want %q", tt.number, got, ok, tt.e164)
		}
		if got, _ := PhoneFormatted(tt.number, tt.country); got != tt.national {
			t.Errorf("PhoneFormatted(%q) = %q, want %q", tt.number, got, tt.national)
		}
	}
	if got, ok := PhoneE164("whatsapp:202-555-1234", "US"); !ok || got != "whatsapp:+12025551234" {
		t.Errorf("PhoneE164(whatsapp:) = %q, %v", got, ok)
	}
	for i, want := range []string{"202", "555", "1234", ""} {
		if got := PhonePart("+12025551234", i, "US"); got != want {
			t.Errorf("PhonePart(%d) = %q, want %q", i, got, want)
		}
	}
}

func TestUSStates(t *testing.T) {
	states, territories := 0, 0
	for _, s := range USStates() {
		switch {
		case s.Territory:
			territories++
		case s.Statehood > 0:
			states++
		}
		if name := (Speaker{}).StateName(s.Abbr, "US"); name != s.Name && s.Abbr != "VI" {
			t.Errorf("%s is %q and %q", s.Abbr, s.Name, name)
		}
	}
	if states != 50 || territories != 5 || len(USStates()) != 56 {
		t.Errorf("%d states, %d territories, %d in all", states, territories, len(USStates()))
	}
	for _, text := range []string{"NY", "ny", "36", "new york", " New York "} {
		if s, ok := FindUSState(text); !ok || s.Abbr != "NY" {
			t.Errorf("FindUSState(%q) = %+v, %v", text, s, ok)
		}
	}
	for _, text := range []string{"", "Nowhere", "99"} {
		if s, ok := FindUSState(text); ok {
			t.Errorf("FindUSState(%q) = %+v", text, s)
		}
	}
}
