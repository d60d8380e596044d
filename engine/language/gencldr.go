//go:build ignore

// Gencldr makes data/cldr.json.gz from the Unicode CLDR JSON packages of the npm
// registry: cldr-core, cldr-dates-full, cldr-numbers-full and
// cldr-localenames-full, version 47, and
// cldr-units-full, cldr-misc-full and cldr-rbnf, version 48 (there is no 47 of
// these). They are expected unpacked side by side in the folder that -from names:
//
//	go run gencldr.go -from node_modules -to data/cldr.json.gz
//
// Only the languages below are kept, with all their regions; a locale holds
// what differs from the locale it inherits from.
package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

var languages = strings.Fields(`af am ar az bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu
 ha he hi hr hu hy id ig is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl nn no pa pl ps pt
 ro ru si sk sl so sq sr sv sw ta te th tr uk ur uz vi yo yue zh zu`)

type tree map[string]any

func (t tree) at(path ...string) tree {
	for _, p := range path {
		next, _ := t[p].(map[string]any)
		t = next
	}
	return t
}

func (t tree) text(path ...string) string {
	last := len(path) - 1
	switch v := t.at(path[:last]...)[path[last]].(type) {
	case string:
		return v
	case map[string]any:
		s, _ := v["_value"].(string)
		return s
	}
	return ""
}

func (t tree) texts(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = t.text(k)
	}
	return out
}

func read(path string) tree {
	data, err := os.ReadFile(path)
	if err != nil {
		return tree{}
	}
	var t tree
	if err := json.Unmarshal(data, &t); err != nil {
		log.Fatalf("%s: %v", path, err)
	}
	return t
}

var (
	months   = strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12")
	days     = strings.Fields("sun mon tue wed thu fri sat")
	quarters = strings.Fields("1 2 3 4")
	widths   = strings.Fields("wide abbreviated narrow")
	lengths  = strings.Fields("short medium long full")
)

func names(t tree, keys []string) map[string][]string {
	out := map[string][]string{}
	for _, context := range []string{"format", "stand-alone"} {
		for _, width := range widths {
			out[context[:1]+width[:1]] = t.at(context, width).texts(keys...)
		}
	}
	return out
}

// locale gathers what one locale says, whether or not its parent says it too.
func locale(from, name string) map[string]any {
	cal := read(filepath.Join(from, "cldr-dates-full/main", name, "ca-gregorian.json")).at("main", name, "dates", "calendars", "gregorian")
	out := map[string]any{
		"months":   names(cal.at("months"), months),
		"days":     names(cal.at("days"), days),
		"quarters": names(cal.at("quarters"), quarters),
		"halves":   cal.at("dayPeriods", "format", "abbreviated").texts("am", "pm"),
		"periods":  periods(cal.at("dayPeriods", "format", "abbreviated")),
		"eras":     cal.at("eras", "eraAbbr").texts("0", "1"),
		"eranames": cal.at("eras", "eraNames").texts("0", "1"),
		"date":     cal.at("dateFormats").texts(lengths...),
		"time":     cal.at("timeFormats").texts(lengths...),
		"join":     cal.at("dateTimeFormats").texts(lengths...),
	}
	zones := read(filepath.Join(from, "cldr-dates-full/main", name, "timeZoneNames.json")).at("main", name, "dates", "timeZoneNames")
	out["region"], out["gmt"] = zones.text("regionFormat"), zones.text("gmtFormat")
	meta := map[string][]string{}
	for zone := range zones.at("metazone") {
		z := zones.at("metazone", zone)
		meta[zone] = append(z.at("long").texts("generic", "standard", "daylight"), z.at("short").texts("generic", "standard", "daylight")...)
	}
	addZones(meta, "", zones.at("zone"))
	out["zones"] = meta
	numbers := read(filepath.Join(from, "cldr-numbers-full/main", name, "numbers.json")).at("main", name, "numbers")
	symbols := numbers.at("symbols-numberSystem-latn")
	out["numbers"] = []string{
		symbols.text("decimal"), symbols.text("group"), symbols.text("minusSign"),
		numbers.at("decimalFormats-numberSystem-latn").text("standard"),
		numbers.at("currencyFormats-numberSystem-latn").text("standard"), numbers.text("minimumGroupingDigits"),
	}
	symbolsOf := map[string]string{}
	currencies := read(filepath.Join(from, "cldr-numbers-full/main", name, "currencies.json")).at("main", name, "numbers", "currencies")
	for code := range currencies {
		if s := currencies.text(code, "symbol"); s != "" && s != code {
			symbolsOf[code] = s
		}
	}
	out["symbols"] = symbolsOf
	out["units"] = units(from, name)
	out["territories"] = display(from, name, "territories", "territories")
	out["tongues"] = display(from, name, "languages", "languages")
	lists := read(filepath.Join(from, "cldr-misc-full/main", name, "listPatterns.json")).at("main", name, "listPatterns", "listPattern-type-standard")
	if lists != nil {
		out["lists"] = lists.texts("2", "start", "middle", "end")
	}
	return out
}

// display returns the names of countries or languages by their codes of two letters.
func display(from, name, file, of string) map[string]string {
	all := read(filepath.Join(from, "cldr-localenames-full/main", name, file+".json")).at("main", name, "localeDisplayNames", of)
	out := map[string]string{}
	for code := range all {
		if text := all.text(code); len(code) == 2 && text != code {
			out[code] = text
		}
	}
	return out
}

// units returns how counts of the units of time are said: per unit and plural
// category a pattern such as "{0} days", and per unit its grammatical gender.
func units(from, name string) map[string]string {
	long := read(filepath.Join(from, "cldr-units-full/main", name, "units.json")).at("main", name, "units", "long")
	out := map[string]string{}
	for _, unit := range strings.Fields("year month week day hour minute second") {
		of := long.at("duration-" + unit)
		for key := range of {
			if category, _ := strings.CutPrefix(key, "unitPattern-count-"); category != key || key == "gender" {
				out[unit+" "+category] = of.text(key)
			}
		}
	}
	return out
}

// plurals returns the rules by which counts (or places, of ordinals) fall into
// categories, per language, as "one: i = 1 and v = 0". The rest is "other".
func plurals(from, file, kind string) map[string][]string {
	root := read(filepath.Join(from, "cldr-core/supplemental", file)).at("supplemental", "plurals-type-"+kind)
	out := map[string][]string{}
	for lang := range root {
		of := root.at(lang)
		for _, category := range strings.Fields("zero one two few many") {
			rule, _, _ := strings.Cut(of.text("pluralRule-count-"+category), "@")
			if rule = strings.TrimSpace(rule); rule != "" && slices.Contains(languages, lang) {
				out[lang] = append(out[lang], category+": "+rule)
			}
		}
	}
	return out
}

// rightToLeft returns the scripts that are written from right to left.
func rightToLeft(from string) []string {
	root := read(filepath.Join(from, "cldr-core/scriptMetadata.json")).at("scriptMetadata")
	var out []string
	for script := range root {
		if root.text(script, "rtl") == "YES" {
			out = append(out, script)
		}
	}
	slices.Sort(out)
	return out
}

// spelling returns, per locale, the rules by which numbers are spelled and
// places are written: sets of rules, each "base: text" or "base/radix: text".
func spelling(from string) map[string]map[string][]string {
	entries, err := os.ReadDir(filepath.Join(from, "cldr-rbnf/rbnf"))
	if err != nil {
		log.Fatal(err)
	}
	out := map[string]map[string][]string{}
	for _, e := range entries {
		name, isJSON := strings.CutSuffix(e.Name(), ".json")
		lang, _, _ := strings.Cut(name, "-")
		if !isJSON || lang != "und" && !slices.Contains(languages, lang) {
			continue
		}
		out[name] = map[string][]string{}
		groups := read(filepath.Join(from, "cldr-rbnf/rbnf", e.Name())).at("rbnf", "rbnf")
		for _, group := range []string{"SpelloutRules", "OrdinalRules"} {
			for set, rules := range groups.at(group) {
				if list, ok := rules.([]any); ok && set != "%%lenient-parse" {
					out[name][set] = ruleTexts(list)
				}
			}
		}
	}
	return out
}

func ruleTexts(list []any) []string {
	var out []string
	for _, r := range list {
		pair := r.([]any)
		out = append(out, pair[0].(string)+": "+strings.TrimSuffix(pair[1].(string), ";"))
	}
	return out
}

// periods returns the names of the parts of a day, such as "afternoon1".
func periods(t tree) map[string]string {
	out := map[string]string{}
	for name := range t {
		if name != "am" && name != "pm" && !strings.Contains(name, "-") {
			out[name] = t.text(name)
		}
	}
	return out
}

// periodRules returns, per language, from which minute of the day each part of
// the day lasts, as "afternoon1=720-1080"; midnight and noon are left out.
func periodRules(from string) map[string][]string {
	root := read(filepath.Join(from, "cldr-core/supplemental/dayPeriods.json")).at("supplemental", "dayPeriodRuleSet")
	out := map[string][]string{}
	for lang, rules := range root {
		all, _ := rules.(map[string]any)
		for name, rule := range all {
			r := tree(rule.(map[string]any))
			if r.text("_from") != "" {
				out[lang] = append(out[lang], fmt.Sprintf("%s=%d-%d", name, minutes(r.text("_from")), minutes(r.text("_before"))))
			}
		}
		slices.Sort(out[lang])
	}
	return out
}

func minutes(clock string) int {
	var h, m int
	if _, err := fmt.Sscanf(clock, "%d:%d", &h, &m); err != nil {
		log.Fatalf("%q: %v", clock, err)
	}
	return h*60 + m
}

// addZones adds the zones that have names of their own, such as Europe/London.
func addZones(meta map[string][]string, prefix string, t tree) {
	for key, v := range t {
		sub, ok := v.(map[string]any)
		if !ok {
			continue
		}
		z, name := tree(sub), prefix+key
		if z["long"] == nil && z["short"] == nil {
			addZones(meta, name+"/", z)
			continue
		}
		meta[name] = append(z.at("long").texts("generic", "standard", "daylight"), z.at("short").texts("generic", "standard", "daylight")...)
	}
}

func parentOf(parents tree, name string) string {
	if p := parents.text(name); p != "" {
		return p
	}
	if i := strings.LastIndexByte(name, '-'); i > 0 {
		return name[:i]
	}
	return ""
}

// minus leaves out what the parent says too, inside maps entry by entry.
func minus(child, parent map[string]any) map[string]any {
	out := map[string]any{}
	for key, v := range child {
		if reflect.DeepEqual(v, parent[key]) {
			continue
		}
		switch v := v.(type) {
		case map[string][]string:
			p, _ := parent[key].(map[string][]string)
			out[key] = lessMap(v, p)
		case map[string]string:
			p, _ := parent[key].(map[string]string)
			out[key] = lessMap(v, p)
		default:
			out[key] = v
		}
	}
	return out
}

func lessMap[T any](child, parent map[string]T) map[string]T {
	out := map[string]T{}
	for k, v := range child {
		if !reflect.DeepEqual(v, parent[k]) {
			out[k] = v
		}
	}
	return out
}

// metazones returns which metazone each zone is in now.
func metazones(from string) map[string]string {
	root := read(filepath.Join(from, "cldr-core/supplemental/metaZones.json")).at("supplemental", "metaZones", "metazoneInfo", "timezone")
	out := map[string]string{}
	var walk func(prefix string, v any)
	walk = func(prefix string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, sub := range v {
				walk(strings.TrimPrefix(prefix+"/"+k, "/"), sub)
			}
		case []any:
			for _, use := range v {
				u := tree(use.(map[string]any)).at("usesMetazone")
				if u.text("_to") == "" {
					out[prefix] = u.text("_mzone")
				}
			}
		}
	}
	walk("", map[string]any(root))
	return out
}

// weeks returns the first day of the week and the minimal days of week one.
func weeks(from string) map[string][]string {
	root := read(filepath.Join(from, "cldr-core/supplemental/weekData.json")).at("supplemental", "weekData")
	return map[string][]string{
		"first": flat(root.at("firstDay")), "min": flat(root.at("minDays")),
	}
}

func flat(t tree) []string {
	var out []string
	for territory, v := range t {
		if len(territory) == 2 || territory == "001" {
			out = append(out, fmt.Sprintf("%s=%v", territory, v))
		}
	}
	slices.Sort(out)
	return out
}

func main() {
	from := flag.String("from", "node_modules", "folder with the CLDR packages")
	to := flag.String("to", "data/cldr.json.gz", "file to write")
	flag.Parse()
	parents := read(filepath.Join(*from, "cldr-core/supplemental/parentLocales.json")).at("supplemental", "parentLocales", "parentLocale")
	entries, err := os.ReadDir(filepath.Join(*from, "cldr-dates-full/main"))
	if err != nil {
		log.Fatal(err)
	}
	whole := map[string]map[string]any{}
	for _, e := range entries {
		lang, _, _ := strings.Cut(e.Name(), "-")
		if slices.Contains(languages, lang) {
			whole[e.Name()] = locale(*from, e.Name())
		}
	}
	locales, inherits := map[string]any{}, map[string]string{}
	for name, l := range whole {
		p := parentOf(parents, name)
		for p != "" && whole[p] == nil {
			p = parentOf(parents, p)
		}
		if diff := minus(l, whole[p]); len(diff) > 0 || p == "" {
			locales[name] = diff
			if trimmed := name[:max(strings.LastIndexByte(name, '-'), 0)]; p != trimmed {
				inherits[name] = p
			}
		} else if p != name[:max(strings.LastIndexByte(name, '-'), 0)] {
			locales[name] = map[string]any{}
			inherits[name] = p
		}
	}
	data, err := json.Marshal(map[string]any{
		"locales": locales, "parents": inherits, "metazones": metazones(*from), "weeks": weeks(*from), "periods": periodRules(*from),
		"plurals": plurals(*from, "plurals.json", "cardinal"), "ordinals": plurals(*from, "ordinals.json", "ordinal"),
		"rtl": rightToLeft(*from), "spelling": spelling(*from),
	})
	if err != nil {
		log.Fatal(err)
	}
	f, err := os.Create(*to)
	if err != nil {
		log.Fatal(err)
	}
	z, _ := gzip.NewWriterLevel(f, gzip.BestCompression)
	if _, err := z.Write(data); err != nil {
		log.Fatal(err)
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		log.Fatal(err)
	}
}
