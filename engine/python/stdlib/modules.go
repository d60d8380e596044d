package stdlib

import "colloquy/engine/python"

// natives fill the namespaces of modules with what is written in Go. A module
// may have a prelude as well, or only one.
var natives map[string]func(b *builder, ns *python.Namespace) error

// packages are the modules that have modules in them.
var packages = map[string]bool{"collections": true, "html": true, "json": true, "os": true, "urllib": true, "requests": true}

// dotted are the classes of preludes that messages name after their module.
var dotted = map[string][]string{
	"collections": {"OrderedDict", "defaultdict", "deque"}, "functools": {"partial"}, "io": {"StringIO", "BytesIO", "TextIOWrapper"},
	"operator": {"itemgetter", "attrgetter", "methodcaller"}, "types": {"SimpleNamespace"},
}

// restorers rebuild stored values, by qualified name of their class.
var restorers = map[string]func(data python.Value) (python.Value, error){
	"datetime.date": restoreDate, "datetime.time": restoreTime, "datetime.datetime": restoreDateTime,
	"datetime.timedelta": restoreDelta, "datetime.timezone": restoreTimezone, "zoneinfo.ZoneInfo": restoreZone,
	"re.Pattern": restorePattern, "random.generator": restoreGenerator, "decimal.Decimal": restoreDecimal,
}

// init makes the classes written in Go and the table of modules. It cannot be
// done where they are declared: the classes are named by the functions that
// are their members.
func init() {
	structTimeClass = newRecord("time", "struct_time", "tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec",
		"tm_wday", "tm_yday", "tm_isdst")
	isoCalendarClass = newRecord("datetime", "IsoCalendarDate", "year", "week", "weekday")
	defineJSON()
	defineRE()
	iteratorClasses = newIterators()
	defineSys()
	defineRandom()
	defineBase64()
	defineHashlib()
	defineDelta()
	defineZones()
	defineZoneInfo()
	defineDate()
	defineTime()
	defineDateTime()
	defineDecimal()
	defineStruct()
	natives = map[string]func(b *builder, ns *python.Namespace) error{
		"_classes":     fillClasses,
		"_requests":    fillRequests,
		"base64":       fillBase64,
		"binascii":     fillBinascii,
		"cmath":        fillCmath,
		"inspect":      fillInspect,
		"struct":       fillStruct,
		"unicodedata":  fillUnicodeData,
		"contextlib":   fillContextlib,
		"copy":         fillCopy,
		"datetime":     fillDateTime,
		"decimal":      fillDecimal,
		"hashlib":      fillHashlib,
		"html":         fillHTML,
		"importlib":    fillImportlib,
		"itertools":    fillItertools,
		"json":         fillJSON,
		"json.decoder": fillJSONDecoder,
		"json.encoder": fillJSONEncoder,
		"math":         fillMath,
		"operator":     fillOperator,
		"random":       fillRandom,
		"re":           fillRE,
		"reprlib":      fillReprlib,
		"sys":          fillSys,
		"time":         fillTime,
		"traceback":    fillTraceback,
		"urllib.parse": fillURLParse,
		"zoneinfo":     fillZoneInfo,
	}
	for name, r := range refusals {
		natives[name] = r.fill(name)
	}
}
