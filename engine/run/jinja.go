package run

import (
	"runtime"

	"colloquy/engine/config"
	"colloquy/engine/python"
)

// UseJinja says what files of interviews that begin with "# use jinja" see of
// the server: its version and what authors may read of the configuration. Call
// it before the first interview is loaded.
func (p *Programs) UseJinja(cfg *config.Config, version string) {
	p.jinja = map[string]python.Value{
		"__version__":      python.NewStr(version),
		"__architecture__": python.NewStr(runtime.GOARCH),
		"__hostname__":     python.NewStr(cfg.ExternalHostname),
		"__debug__":        python.Bool(cfg.Debug),
		"__config__":       &settings{cfg},
	}
	v, ok, err := cfg.Get("jinja data")
	if err != nil || !ok {
		return
	}
	if d, ok := configValue(v).(*python.Dict); ok {
		for i, k := range d.Keys() {
			if name, ok := python.StringOf(k); ok {
				p.jinja[name] = d.Values()[i]
			}
		}
	}
}

// settings is the configuration as a template sees it: by key, without secrets.
type settings struct{ cfg *config.Config }

// Class returns the class of settings.
func (*settings) Class() *python.Class { return settingsClass }

var settingsClass = python.NewClass(python.ClassSpec{
	Name: "Configuration", Module: "colloquy", Final: true,
	Members: []python.Member{
		python.Method("__getitem__", func(th *python.Thread, a *python.Args) (python.Value, error) {
			v, err := a.Self.(*settings).read(a.Pos[0])
			if v == nil && err == nil {
				return nil, python.Errorf(python.KeyError, "%s", plainKey(a.Pos[0]))
			}
			return v, err
		}),
		python.Method("get", func(th *python.Thread, a *python.Args) (python.Value, error) {
			var key python.Value
			var other python.Value = python.None
			if err := a.Unpack("get", "key", &key, "default?", &other); err != nil {
				return nil, err
			}
			v, err := a.Self.(*settings).read(key)
			if v == nil && err == nil {
				v = other
			}
			return v, err
		}),
	},
})

func plainKey(v python.Value) string {
	s, _ := python.StringOf(v)
	return s
}

// read gives a setting; nil if there is none.
func (s *settings) read(key python.Value) (python.Value, error) {
	v, ok, err := s.cfg.Get(plainKey(key))
	if err != nil {
		return nil, python.Errorf(python.PermissionError, "%v", err)
	}
	if !ok {
		return nil, nil
	}
	return settingValue(v), nil
}
