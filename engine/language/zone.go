package language

import (
	"cmp"
	_ "embed"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zones must be known on machines without a zone database
)

//go:embed data/zones.txt
var zoneNames string

// Timezones returns the IANA names of time zones, sorted.
func Timezones() []string { return strings.Fields(zoneNames) }

// Zone returns the time zone with an IANA name. Unlike time.LoadLocation it
// takes neither the empty name nor that of the machine's own zone.
func Zone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("unknown time zone %q", name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("unknown time zone %q", name)
	}
	return loc, nil
}

// Indexes into the names of a zone; those of the short names are 3 higher.
const (
	zoneGeneric = iota
	zoneStandard
	zoneDaylight
	zoneShort
)

// zoneField writes one of the zone fields: z by its name, Z, O, x and X by its
// distance from UTC, v and V by a name that holds all year.
func (l *localeData) zoneField(t time.Time, c byte, n int) string {
	_, offset := t.Zone()
	switch {
	case c == 'z' && n < 4:
		return l.zoneName(t, zoneShort, clockOffset(offset, ""))
	case c == 'z':
		return l.zoneName(t, 0, l.gmt(offset))
	case c == 'Z' && n == 4, c == 'O':
		return l.gmt(offset)
	case c == 'Z' && n == 5:
		return isoOffset(offset, n, true)
	case c == 'Z':
		return clockOffset(offset, "")
	case c == 'x' || c == 'X':
		return isoOffset(offset, n, c == 'X')
	case c == 'V' && n == 2:
		return t.Location().String()
	case c == 'V' && n == 3:
		return zoneCity(t)
	case n >= 4:
		return l.yearRoundName(t, 0)
	}
	return l.yearRoundName(t, zoneShort)
}

// gmt writes the distance from Greenwich as the locale does.
func (l *localeData) gmt(offset int) string {
	return strings.Replace(cmp.Or(l.GMT, "GMT{0}"), "{0}", clockOffset(offset, ":"), 1)
}

// zoneName returns the locale's name for the zone of t on that day.
func (l *localeData) zoneName(t time.Time, width int, fallback string) string {
	use := zoneStandard
	if t.IsDST() {
		use = zoneDaylight
	}
	if name := l.lookupZone(t.Location().String(), use+width); name != "" {
		return name
	}
	return fallback
}

// yearRoundName returns the locale's name for the zone of t in any season.
func (l *localeData) yearRoundName(t time.Time, width int) string {
	if name := l.lookupZone(t.Location().String(), zoneGeneric+width); name != "" {
		return name
	}
	return strings.Replace(cmp.Or(l.Region, "{0}"), "{0}", zoneCity(t), 1)
}

// lookupZone returns one of the names of a zone, or of the larger zone that it
// belongs to.
func (l *localeData) lookupZone(zone string, which int) string {
	if zone == "UTC" || zone == "" {
		zone = "Etc/UTC"
	}
	if name := at(l.Zones[zone], which); name != "" {
		return name
	}
	meta := cldrRoot().Metazones
	group, ok := meta[zone]
	if !ok {
		group = meta[formerZones[zone]]
	}
	return at(l.Zones[group], which)
}

// formerZones maps present names of zones to the names under which CLDR keeps
// them.
var formerZones = map[string]string{
	"America/Indiana/Indianapolis":     "America/Indianapolis",
	"America/Kentucky/Louisville":      "America/Louisville",
	"America/Argentina/Buenos_Aires":   "America/Buenos_Aires",
	"America/Argentina/Catamarca":      "America/Catamarca",
	"America/Argentina/Cordoba":        "America/Cordoba",
	"America/Argentina/Jujuy":          "America/Jujuy",
	"America/Argentina/Mendoza":        "America/Mendoza",
	"America/Atikokan":                 "America/Coral_Harbour",
	"America/Nuuk":                     "America/Godthab",
	"Africa/Asmara":                    "Africa/Asmera",
	"Asia/Kolkata":                     "Asia/Calcutta",
	"Asia/Kathmandu":                   "Asia/Katmandu",
	"Asia/Ho_Chi_Minh":                 "Asia/Saigon",
	"Asia/Yangon":                      "Asia/Rangoon",
	"Atlantic/Faroe":                   "Atlantic/Faeroe",
	"Europe/Kyiv":                      "Europe/Kiev",
	"Pacific/Chuuk":                    "Pacific/Truk",
	"Pacific/Pohnpei":                  "Pacific/Ponape",
	"Pacific/Kanton":                   "Pacific/Enderbury",
	"US/Eastern":                       "America/New_York",
	"US/Central":                       "America/Chicago",
	"US/Mountain":                      "America/Denver",
	"US/Pacific":                       "America/Los_Angeles",
	"US/Alaska":                        "America/Anchorage",
	"US/Hawaii":                        "Pacific/Honolulu",
	"US/Arizona":                       "America/Phoenix",
	"EST5EDT":                          "America/New_York",
	"CST6CDT":                          "America/Chicago",
	"MST7MDT":                          "America/Denver",
	"PST8PDT":                          "America/Los_Angeles",
	"Canada/Eastern":                   "America/Toronto",
	"Canada/Central":                   "America/Winnipeg",
	"Canada/Mountain":                  "America/Edmonton",
	"Canada/Pacific":                   "America/Vancouver",
	"Canada/Atlantic":                  "America/Halifax",
	"Canada/Newfoundland":              "America/St_Johns",
	"GB":                               "Europe/London",
	"Asia/Calcutta":                    "Asia/Kolkata",
	"America/Argentina/ComodRivadavia": "America/Catamarca",
}

// zoneCity returns the city in the name of the zone of t.
func zoneCity(t time.Time) string {
	name := t.Location().String()
	return strings.ReplaceAll(name[strings.LastIndexByte(name, '/')+1:], "_", " ")
}

// clockOffset writes seconds from UTC as +hhmm, with colon between if given.
func clockOffset(seconds int, colon string) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	minutes := seconds / 60
	return fmt.Sprintf("%s%02d%s%02d", sign, minutes/60, colon, minutes%60)
}

// isoOffset writes seconds from UTC as ISO 8601 does in its variants.
func isoOffset(seconds, n int, zulu bool) string {
	if seconds == 0 && zulu {
		return "Z"
	}
	switch {
	case n == 1 && seconds%3600 == 0:
		return clockOffset(seconds, "")[:3]
	case n == 3 || n == 5:
		return clockOffset(seconds, ":")
	}
	return clockOffset(seconds, "")
}
