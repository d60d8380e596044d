package transcript

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"colloquy/engine/ask"
	"colloquy/engine/interview"
	"colloquy/engine/run"
	"colloquy/engine/screen"
)

// hostile are texts that no control sends, by what is wrong with them.
var hostile = map[string]string{
	"nothing":              "",
	"spaces":               " \t\u00a0\u3000\n ",
	"huge text":            strings.Repeat("x", 1<<18),
	"huge number":          strings.Repeat("9", 200_000),
	"more than a float":    "1e999",
	"less than a float":    "-1e999",
	"no number":            "NaN",
	"infinity":             "-Infinity",
	"hexadecimal":          "0x1p-2",
	"underscores":          "1__0",
	"only marks":           ",%,%,",
	"Arabic digits":        "١٢",
	"full-width digits":    "１２",
	"no such date":         "9999-99-99",
	"year 0":               "0000-01-01",
	"negative year":        "-2026-01-01T00:00",
	"year 100000":          "100000-01-01",
	"February 30":          "2026-02-30T25:61",
	"far zone":             "2026-01-01T00:00+99:99",
	"markup":               `"><script>alert(1)</script><img src=x onerror=alert(1)>`,
	"Markdown":             "[x](javascript:alert(1)) ![x](http://x.example/) # h",
	"Mako":                 "${ 1 / 0 } <% raise Exception() %>\n% for x in y:",
	"Python":               "__import__('os').system('x')",
	"NUL":                  "a\x00b",
	"control characters":   "\x01\x02\x1b[31m\x7f\u0085",
	"right to left":        "\u202e\u2066txt.exe\u2069",
	"no UTF-8":             "\xff\xfe\xc0\x80",
	"half a character":     "caf\xc3",
	"a surrogate":          "\xed\xa0\x80",
	"many accents":         "e" + strings.Repeat("\u0301", 5000),
	"a word of the code":   "None",
	"a truth":              "True",
	"no truth":             "perhaps",
	"a list":               "['pike', 'carp']",
	"JSON":                 `{"__class__": "x", "f": [1]}`,
	"two addresses":        "a@b.example, c@d.example",
	"a header":             "a@b.example\r\nBcc: c@d.example",
	"a long address":       strings.Repeat("a", 70_000) + "@" + strings.Repeat("b.", 500) + "example",
	"a path":               "../../../../etc/passwd",
	"an object not asked":  "ponds",
	"an object not there":  "ponds[99]",
	"a choice not offered": "shark",
}

// A trick changes what is posted for a field, beyond its text.
type trick func(f *filling, in *screen.Field)

// tricks are forms that no browser sends for the field.
var tricks = map[string]trick{
	"nothing at all":   func(f *filling, _ *screen.Field) { f.names = []string{run.FormInput} },
	"the key missing":  func(f *filling, in *screen.Field) { f.post(in.Name) },
	"the key twice":    func(f *filling, in *screen.Field) { f.post(in.Name, "pike", "1", "\x00") },
	"many keys":        func(f *filling, in *screen.Field) { f.post(in.Name, slices.Repeat([]string{"Carp"}, 3000)...) },
	"another question": func(f *filling, _ *screen.Field) { f.post(ask.Encode("stranger"), "1") },
	"names of the engine": func(f *filling, _ *screen.Field) {
		for _, name := range []string{"_internal", "multi_user", "nav", "asked.x", "__class__", "url_args['x']", "session_local.x"} {
			f.post(ask.Encode(name), "1")
		}
	},
	"parts of the field": func(f *filling, _ *screen.Field) {
		for _, part := range []string{".__class__", "['x']", "[0]", ".gathered", "[B'!!']", "[B'c2hhcms']", "[R'MQ']", "[O'cG9uZHNbOTld']", ".instanceName"} {
			f.post(ask.Encode("f"+part), "True")
		}
	},
	"names that are no names": func(f *filling, _ *screen.Field) {
		for _, name := range []string{"", "!", "ZmZm=", "\xff", "a b", ask.Encode("f\x00"), ask.Encode("f = 1"), ask.Encode("f; x"), ask.Alias("99"), strings.Repeat("A", 9999)} {
			f.post(name, "1")
		}
	},
	"inputs of others": func(f *filling, _ *screen.Field) {
		for _, name := range []string{ask.AddedRows, ask.DeleteRow + "0", ask.AddRow, ask.EmptyInput, ask.HiddenInput, "_varnames", "_datatypes", "_visible", "_checkboxes",
			"_empties", "_files", "_list_collect_list", "_order_changes", "_the_image", "_save_as", "_event", "_tracker"} {
			f.post(name, "-1")
		}
	},
	"hidden by its word": func(f *filling, in *screen.Field) { f.post(ask.HiddenInput, in.Number+",,-1,99999999999999999999") },
	"a choice by number": func(f *filling, _ *screen.Field) { f.post(ask.ChoiceInput, "-1") },
	"a command":          func(f *filling, _ *screen.Field) { f.post(ask.CommandInput, "99999999999999999999") },
	"a box that is no box": func(f *filling, in *screen.Field) {
		for i := range in.Choices {
			f.post(in.Choices[i].Name, "perhaps")
		}
		f.post("_ignore0", "perhaps")
	},
	"a file with no name":  func(f *filling, in *screen.Field) { f.attach(in, "", "text/plain", "x") },
	"a file out of bounds": func(f *filling, in *screen.Field) { f.attach(in, "../../..", "image/png", "x") },
	"a file of Windows":    func(f *filling, in *screen.Field) { f.attach(in, `C:\fake\..\x.png`, "image/png; x=\"", "") },
	"a name of controls":   func(f *filling, in *screen.Field) { f.attach(in, "a\x00\r\n\u202egnp.exe", "image/png", "x") },
	"a name too long":      func(f *filling, in *screen.Field) { f.attach(in, strings.Repeat("ä", 5000)+".png", "image/png", "x") },
	"a false type":         func(f *filling, in *screen.Field) { f.attach(in, "x.html", "image/\r\nX: y", "<script>") },
	"a file for another": func(f *filling, _ *screen.Field) {
		f.attach(&screen.Field{Name: ask.Encode("stranger")}, "x.png", "image/png", "x")
	},
	"many files": func(f *filling, in *screen.Field) {
		for i := range 20 {
			f.attach(in, fmt.Sprintf("%d.png", i), "image/png", "x")
		}
	},
}

// attach adds a file to what is sent for a field.
func (f *filling) attach(in *screen.Field, name, kind, content string) {
	f.files = append(f.files, ask.Upload{Name: in.Name, Filename: name, MIME: kind, Size: int64(len(content)), Content: []byte(content)})
}

// ownNames are what the form of fishing may define besides what is in f, and
// what code defines after it.
var ownNames = []string{"f", "asked", "told"}

// Whatever is posted for a field of whatever datatype, either a message says at
// the field what is wrong, or a value is taken; nothing else comes to be, and
// nothing fails.
func TestHostileAnswers(t *testing.T) {
	if len(hostile) < 20 {
		t.Fatal("too few")
	}
	var fields []string
	by := map[string][2]string{}
	for _, name := range interview.Datatypes() {
		d := tried[name]
		own := []string{"datatype: " + name, d.more}
		must, may := lines(append(own, "required: True")...), lines(append(own, "required: False")...)
		by[name] = [2]string{must, may}
		fields = append(fields, must, may)
	}
	b := newBench(t, fields)
	for _, name := range interview.Datatypes() {
		t.Run(name, func(t *testing.T) {
			b.t, b.player.ctx = t, t.Context()
			for why, text := range hostile {
				b.endure(why, by[name][len(why)%2], func(f *filling, in *screen.Field) {
					f.post(in.Name, text)
					for i := range in.Choices {
						f.post(in.Choices[i].Name, text)
					}
				})
			}
			for why, do := range tricks {
				b.endure(why, by[name][0], do)
				b.endure(why+", optional", by[name][1], do)
			}
		})
	}
}

// endure posts a form and looks at what it did.
func (b *bench) endure(why, lines string, do trick) {
	b.t.Helper()
	in := b.ask(lines)
	f := b.blank()
	do(f, in)
	said := b.sent(f)
	if strings.HasPrefix(said, "FAILED") {
		b.t.Errorf("%s: %s", why, said[:min(len(said), 600)])
	}
	p := b.player
	steps, err := p.room.runner.Past(p.ctx, p.who.session, run.Keys{Browser: p.who.secret}, 1, 0)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, s := range steps {
		for _, name := range slices.Concat(s.Set, s.Gone) {
			if !slices.Contains(ownNames, name) && !strings.HasPrefix(name, "f.") && !strings.HasPrefix(name, "f[") {
				b.t.Errorf("%s: %s was changed", why, name)
			}
		}
	}
}

// FuzzReceive posts any text under any name for a field of any datatype.
func FuzzReceive(f *testing.F) {
	names := interview.Datatypes()
	var fields []string
	for _, name := range names {
		fields = append(fields, lines("datatype: "+name, tried[name].more, "required: False"))
	}
	for i := range names {
		f.Add(uint(i), "", tried[names[i]].typical, "f")
		f.Add(uint(i), ask.Encode("f['x']"), "True", "\x00")
	}
	b := newBench(f, fields)
	f.Fuzz(func(t *testing.T, n uint, name, text, again string) {
		b.t, b.player.ctx = t, t.Context()
		b.endure("fuzzed", fields[n%uint(len(fields))], func(f *filling, in *screen.Field) {
			f.post(in.Name, text)
			if name != run.FormInput {
				f.post(name, again, text)
			}
		})
	})
}
