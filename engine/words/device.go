package words

import (
	"regexp"
	"strings"

	"colloquy/engine/python"
)

// browserFacts are what a browser says of itself, and the visitor's address.
func browserFacts(th *python.Thread, _ *python.Args) (python.Value, error) {
	ev, err := running(th, "device")
	if err != nil {
		return nil, err
	}
	v, d := ev.Visitor(), python.NewDict()
	ua := readAgent(v.UserAgent)
	d.SetStr("ip", textOrNone(v.IP))
	d.SetStr("ua_string", python.Outside(v.UserAgent))
	d.SetStr("is_mobile", python.Bool(ua.mobile))
	d.SetStr("is_tablet", python.Bool(ua.tablet))
	d.SetStr("is_touch_capable", python.Bool(ua.mobile || ua.tablet))
	d.SetStr("is_pc", python.Bool(ua.pc))
	d.SetStr("is_bot", python.Bool(ua.bot))
	d.SetStr("browser", versioned(ua.browser))
	d.SetStr("os", versioned(ua.os))
	family := python.NewDict()
	family.SetStr("family", python.NewStr(ua.family))
	family.SetStr("brand", textOrNone(ua.brand))
	family.SetStr("model", textOrNone(ua.model))
	d.SetStr("device", family)
	return d, nil
}

// A release is a program and its version, "" if unknown.
type release struct{ family, version string }

func versioned(r release) python.Value {
	d := python.NewDict()
	d.SetStr("family", python.NewStr(r.family))
	d.SetStr("version_string", python.NewStr(r.version))
	var parts []python.Value
	for _, p := range strings.Split(r.version, ".") {
		if p == "" {
			continue
		}
		if n := digits(p); n >= 0 {
			parts = append(parts, python.Int(n))
		} else {
			parts = append(parts, python.NewStr(p))
		}
	}
	d.SetStr("version", python.NewTuple(parts...))
	return d
}

// digits is the number that a text of digits stands for, -1 for other text.
func digits(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1e8 {
			return -1
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// agent is what a User-Agent header tells.
type agent struct {
	browser, os          release
	family, brand, model string
	mobile, tablet       bool
	pc, bot              bool
}

// sign is a mark in a User-Agent by which something is known; the first group
// of the pattern is a version.
type sign struct {
	pattern *regexp.Regexp
	family  string
}

// browserSigns in the order they are looked for: those that pretend to be
// others come first.
var browserSigns = []sign{
	{regexp.MustCompile(`(?:Edg|EdgA|EdgiOS|Edge)/([\d.]+)`), "Edge"},
	{regexp.MustCompile(`(?:OPR|Opera)/([\d.]+)`), "Opera"},
	{regexp.MustCompile(`SamsungBrowser/([\d.]+)`), "Samsung Internet"},
	{regexp.MustCompile(`FxiOS/([\d.]+)`), "Firefox iOS"},
	{regexp.MustCompile(`Android.*Firefox/([\d.]+)|Firefox/([\d.]+).*Mobile`), "Firefox Mobile"},
	{regexp.MustCompile(`Firefox/([\d.]+)`), "Firefox"},
	{regexp.MustCompile(`HeadlessChrome/([\d.]+)`), "HeadlessChrome"},
	{regexp.MustCompile(`CriOS/([\d.]+)`), "Chrome Mobile iOS"},
	{regexp.MustCompile(`Chrome/([\d.]+) Mobile`), "Chrome Mobile"},
	{regexp.MustCompile(`Chrom(?:e|ium)/([\d.]+)`), "Chrome"},
	{regexp.MustCompile(`Version/([\d.]+) Mobile/\S+ Safari/`), "Mobile Safari"},
	{regexp.MustCompile(`Version/([\d.]+).* Safari/`), "Safari"},
	{regexp.MustCompile(`(?:MSIE |Trident/.*rv:)([\d.]+)`), "IE"},
	{regexp.MustCompile(`curl/([\d.]+)`), "curl"},
	{regexp.MustCompile(`python-requests/([\d.]+)`), "Python Requests"},
}

var systemSigns = []sign{
	{regexp.MustCompile(`(?:iPhone|CPU) OS ([\d_]+)|iPad.*OS ([\d_]+)`), "iOS"},
	{regexp.MustCompile(`Android ([\d.]+)`), "Android"},
	{regexp.MustCompile(`Android`), "Android"},
	{regexp.MustCompile(`CrOS \S+ ([\d.]+)`), "Chrome OS"},
	{regexp.MustCompile(`Mac OS X ([\d_.]+)`), "Mac OS X"},
	{regexp.MustCompile(`Ubuntu`), "Ubuntu"},
	{regexp.MustCompile(`Linux`), "Linux"},
}

// windows are the names under which versions of Windows are sold.
var windows = map[string]string{"10.0": "10", "6.3": "8.1", "6.2": "8", "6.1": "7", "6.0": "Vista", "5.1": "XP"}

var (
	windowsSign = regexp.MustCompile(`Windows NT ([\d.]+)`)
	botSign     = regexp.MustCompile(`(?i)bot\b|crawler|spider|slurp|facebookexternalhit|preview|monitor|curl/|python-requests|wget/`)
	modelSign   = regexp.MustCompile(`Android [\d.]+; (?:[a-z]{2}[-_][a-zA-Z]{2}; )?([^;)]+?)(?: Build/[^)]*)?\)`)
)

func readAgent(ua string) agent {
	a := agent{browser: recognized(browserSigns, ua), os: system(ua), family: "Other", bot: botSign.MatchString(ua)}
	a.tablet = strings.Contains(ua, "iPad") || strings.Contains(ua, "Tablet") ||
		a.os.family == "Android" && !strings.Contains(ua, "Mobile")
	a.mobile = !a.tablet && (strings.Contains(ua, "Mobile") || strings.Contains(ua, "iPhone"))
	switch a.os.family {
	case "Windows", "Mac OS X", "Linux", "Ubuntu", "Chrome OS":
		a.pc = !a.mobile && !a.tablet && !a.bot
	}
	switch {
	case a.bot:
		a.family, a.brand, a.model = "Spider", "Spider", "Desktop"
	case strings.Contains(ua, "iPhone"):
		a.family, a.brand, a.model = "iPhone", "Apple", "iPhone"
	case strings.Contains(ua, "iPad"):
		a.family, a.brand, a.model = "iPad", "Apple", "iPad"
	case a.os.family == "Mac OS X":
		a.family, a.brand, a.model = "Mac", "Apple", "Mac"
	case a.os.family == "Android":
		if m := modelSign.FindStringSubmatch(ua); m != nil {
			a.family, a.brand, a.model = m[1], "Generic", m[1]
			if m[1] == "K" { // what reduced headers say
				a.brand, a.model = "Generic_Android", "K"
			}
		}
	}
	return a
}

// recognized is the first sign that fits.
func recognized(signs []sign, ua string) release {
	for _, s := range signs {
		m := s.pattern.FindStringSubmatch(ua)
		if m == nil {
			continue
		}
		version := strings.ReplaceAll(strings.Join(m[1:], ""), "_", ".")
		return release{s.family, version}
	}
	return release{family: "Other"}
}

func system(ua string) release {
	if m := windowsSign.FindStringSubmatch(ua); m != nil {
		version, ok := windows[m[1]]
		if !ok {
			version = m[1]
		}
		return release{"Windows", version}
	}
	return recognized(systemSigns, ua)
}
