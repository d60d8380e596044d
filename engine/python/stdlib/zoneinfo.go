package stdlib

import (
	_ "embed"
	"path"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // zones are the same on every machine

	"colloquy/engine/python"
)

// zoneNames are the names of the zones of the tz database.
//
//go:embed zones.txt
var zoneNames string

var zoneClass, zoneNotFound *python.Class

// Zone is zoneinfo.ZoneInfo: the local time of a place.
type Zone struct {
	key string
	loc *time.Location
}

// Class returns the class ZoneInfo.
func (*Zone) Class() *python.Class { return zoneClass }

// Persist returns the key, such as "Europe/Rome".
func (z *Zone) Persist() python.Value { return str(z.key) }

func restoreZone(data python.Value) (python.Value, error) {
	key, ok := python.StringOf(data)
	if !ok {
		return nil, errStored
	}
	return loadZone(key)
}

func loadZone(key string) (*Zone, error) {
	switch clean := path.Clean(key); {
	case strings.HasPrefix(key, "/"):
		return nil, python.Errorf(python.ValueError, "ZoneInfo keys may not be absolute paths, got: %s", key)
	case len(clean) != len(key):
		return nil, python.Errorf(python.ValueError, "ZoneInfo keys must be normalized relative paths, got: %s", key)
	case clean == ".." || strings.HasPrefix(clean, "../"):
		return nil, python.Errorf(python.ValueError, "ZoneInfo keys must refer to subdirectories of TZPATH, got: %s", key)
	case key == "Local":
		return nil, noZone(key)
	}
	loc, err := time.LoadLocation(key)
	if err != nil {
		return nil, noZone(key)
	}
	return &Zone{key, loc}, nil
}

func noZone(key string) error {
	return python.Errorf(zoneNotFound, "No time zone found with key %s", key)
}

// offsetAt returns the seconds that local time is ahead of UTC at an instant,
// in seconds since 1970.
func (z *Zone) offsetAt(unix int64) int64 {
	_, off := time.Unix(unix, 0).In(z.loc).Zone()
	return int64(off)
}

// instant returns the moment at which clocks showed the wall time, given as
// seconds since 1970 as if it were UTC. Of two such moments fold chooses; a
// time that was skipped is taken at the offset before the gap, or after it with
// fold. repeated says that there are two.
func (z *Zone) instant(wall int64, fold int) (unix int64, repeated bool) {
	before, after := z.offsetAt(wall-86400), z.offsetAt(wall+86400)
	if before == after {
		// also right if the clock was changed and changed back between
		return wall - z.offsetAt(wall-before), false
	}
	first, second := wall-before, wall-after
	okFirst, okSecond := z.offsetAt(first) == before, z.offsetAt(second) == after
	switch {
	case okFirst && !okSecond:
		return first, false
	case okSecond && !okFirst:
		return second, false
	case fold == 1:
		return second, okFirst
	}
	return first, okFirst
}

// at returns a moment at which the offset and name are those of a wall time.
func (z *Zone) at(t *DateTime) time.Time {
	wall := t.wallSeconds()
	unix, _ := z.instant(wall, t.fold)
	if z.offsetAt(unix) != wall-unix { // a skipped time lies on the other side of the gap
		back := int64(86400)
		if t.fold == 1 {
			back = -back
		}
		unix = wall - back
	}
	return time.Unix(unix, 0).In(z.loc)
}

// saving returns how much of the offset is summer time.
func saving(t time.Time) int64 {
	if !t.IsDST() {
		return 0
	}
	_, off := t.Zone()
	start, end := t.ZoneBounds()
	for _, o := range []time.Time{start.Add(-time.Second), end} {
		if _, standard := o.Zone(); !o.IsDST() && off > standard {
			return int64(off - standard)
		}
	}
	return 3600
}

// maker returns the constructor of ZoneInfo, which gives the same object for
// the same key.
func maker(load func(key string) (*Zone, error)) python.NewFunc {
	return func(_ *python.Thread, cls *python.Class, a *python.Args) (python.Value, error) {
		var key string
		if err := a.Unpack("ZoneInfo", "key", &key); err != nil {
			return nil, err
		}
		z, err := load(key)
		if err != nil {
			return nil, err
		}
		return derived(cls, zoneClass, z), nil
	}
}

// keptZones returns loadZone that keeps what it loaded, for all threads.
func keptZones() func(key string) (*Zone, error) {
	var kept sync.Map // of *Zone by key
	return func(key string) (*Zone, error) {
		if z, ok := kept.Load(key); ok {
			return z.(*Zone), nil
		}
		z, err := loadZone(key)
		if err != nil {
			return nil, err
		}
		first, _ := kept.LoadOrStore(key, z)
		return first.(*Zone), nil
	}
}

func asZone(v python.Value) *Zone {
	z, _ := python.Unwrap(v).(*Zone)
	return z
}

func zoneMembers() []python.Member {
	// A time alone has no offset in a place where it changes.
	at := func(name string, get func(z *Zone, t *DateTime) python.Value) python.Member {
		return binary(name, func(_ *python.Thread, v, dt python.Value) (python.Value, error) {
			t, ok := asDateTime(dt)
			if !ok {
				if isNone(dt) {
					return fixedZone(asZone(v), name), nil
				}
				return nil, python.Errorf(python.TypeError, "%s() argument must be a datetime, not '%s'", name, dt.Class().Name())
			}
			return get(asZone(v), t), nil
		})
	}
	return []python.Member{
		getter("key", func(v python.Value) python.Value { return str(asZone(v).key) }),
		at("utcoffset", func(z *Zone, t *DateTime) python.Value {
			unix, _ := z.instant(t.wallSeconds(), t.fold)
			return seconds(t.wallSeconds() - unix)
		}),
		at("dst", func(z *Zone, t *DateTime) python.Value { return seconds(saving(z.at(t))) }),
		at("tzname", func(z *Zone, t *DateTime) python.Value {
			name, _ := z.at(t).Zone()
			return str(name)
		}),
		binary("fromutc", zoneFromUTC),
		unary("__str__", func(_ *python.Thread, v python.Value) (python.Value, error) { return str(asZone(v).key), nil }),
		unary("__repr__", func(_ *python.Thread, v python.Value) (python.Value, error) {
			return str("zoneinfo.ZoneInfo(key='" + asZone(v).key + "')"), nil
		}),
		binary("__eq__", func(_ *python.Thread, a, b python.Value) (python.Value, error) {
			o := asZone(b)
			if o == nil {
				return python.NotImplemented, nil
			}
			return python.Bool(asZone(a).key == o.key), nil
		}),
		unary("__hash__", func(th *python.Thread, v python.Value) (python.Value, error) {
			h, err := th.Hash(str(asZone(v).key))
			return python.Int(h), err
		}),
		python.ClassMethodOf("no_cache", func(th *python.Thread, a *python.Args) (python.Value, error) {
			return maker(loadZone)(th, a.Self.(*python.Class), a)
		}),
	}
}

// fixedZone answers for a time without a date: only zones with one offset for
// all time know it.
func fixedZone(z *Zone, what string) python.Value {
	if z.key != "UTC" {
		return python.None
	}
	if what == "tzname" {
		return str("UTC")
	}
	return seconds(0)
}

func zoneFromUTC(th *python.Thread, self, when python.Value) (python.Value, error) {
	t, ok := asDateTime(when)
	if !ok {
		return nil, python.Errorf(python.TypeError, "fromutc: argument must be a datetime")
	}
	if !sameZone(t.tz, self) {
		return nil, python.Errorf(python.ValueError, "fromutc: dt.tzinfo is not self")
	}
	z := asZone(self)
	unix := t.wallSeconds()
	off := z.offsetAt(unix)
	local, err := t.shifted(seconds(off), 1)
	if err != nil {
		return nil, err
	}
	local.fold = 0
	if first, repeated := z.instant(local.wallSeconds(), 0); repeated && first != unix {
		local.fold = 1
	}
	return local.as(th, when.Class())
}

func defineZoneInfo() {
	zoneClass = python.NewClass(python.ClassSpec{Name: "ZoneInfo", Dotted: true, Module: "zoneinfo", Bases: []*python.Class{tzinfoClass},
		New: maker(keptZones()), Members: zoneMembers()})
	zoneNotFound = python.NewClass(python.ClassSpec{Name: "ZoneInfoNotFoundError", Module: "zoneinfo",
		Bases: []*python.Class{python.KeyError}})
}

func fillZoneInfo(_ *builder, ns *python.Namespace) error {
	ns.Set("ZoneInfo", zoneClass)
	ns.Set("ZoneInfoNotFoundError", zoneNotFound)
	functions(ns, map[string]python.BuiltinFunc{
		"available_timezones": func(th *python.Thread, a *python.Args) (python.Value, error) {
			set := python.NewSet()
			for _, key := range strings.Fields(zoneNames) {
				if err := set.Add(th, str(key)); err != nil {
					return nil, err
				}
			}
			return set, a.Exactly("available_timezones", 0)
		},
	})
	return nil
}
