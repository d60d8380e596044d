package config

import (
	"fmt"
	"net/netip"
	"reflect"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// masked stands for a secret that is not shown.
const masked = "********"

// A Setting is one key as it is in force.
type Setting struct {
	Key    string
	Value  Value  // secrets in it are masked
	Origin string // default, FILE:LINE, an environment variable, or a flag
	node   *node
}

// Flagged notes that a flag of the command line set a key, for Show and Settings.
func (c *Config) Flagged(key, flag string) { c.flags[key] = flag }

// Settings lists all keys that the server reads, with their effective values.
func (c *Config) Settings() []Setting {
	var all []Setting
	for _, f := range top() {
		if f.place == nil && f.show == nil {
			continue
		}
		n := below(c.tree, f.name)
		s := Setting{Key: f.name, Origin: c.origin(n), node: n}
		if flag := c.flags[f.name]; flag != "" {
			s.Origin = flag
		}
		switch {
		case n == nil && s.Origin == "default" && f.place != nil && unset(f.place(c)):
			s.Value = nil
		case f.secret:
			s.Value = maskedList(f.place(c))
		case f.show != nil:
			s.Value = shown(f.show(c))
		default:
			s.Value = shown(f.place(c))
		}
		all = append(all, s)
	}
	return all
}

// unset reports whether a key has no value, or the one that stands for none.
func unset(at any) bool {
	v := reflect.ValueOf(at).Elem()
	if v.Kind() == reflect.Bool {
		return false
	}
	return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 || v.Kind() == reflect.Int && v.Int() < 0
}

// maskedList shows how many secrets there are.
func maskedList(at any) Value {
	list := []Value{}
	for range reflect.ValueOf(at).Elem().Len() {
		list = append(list, masked)
	}
	return list
}

// origin says where a value was read.
func (c *Config) origin(n *node) string {
	switch {
	case n == nil:
		return "default"
	case c.names[n] != "":
		return c.names[n]
	}
	return c.file + ":" + strconv.Itoa(n.Line)
}

// Show writes the effective values as YAML, secrets masked, each with a comment
// that says where it is from. Texts that are not set are left out.
func (c *Config) Show() string {
	var b strings.Builder
	for _, s := range c.Settings() {
		if t, ok := s.Value.(Mapping); ok && len(t) == 0 && s.node == nil { // a text for pages
			continue
		}
		c.write(&b, "", s.Key, s.Value, s.node, s.Origin)
	}
	for _, key := range sortedKeys(c.own) {
		if n := below(c.tree, key); n != nil && !isKnown(key) {
			fmt.Fprintf(&b, "# %s is a key of your own (%s)\n", strings.ReplaceAll(key, "\n", " "), c.origin(n))
		}
	}
	return b.String()
}

func isKnown(key string) bool {
	if _, ok := inert(key); ok {
		return true
	}
	_, ok := fieldNamed(top(), key)
	return ok
}

// write writes a key and its value. n is where the value was read, if it was.
func (c *Config) write(b *strings.Builder, indent, key string, v Value, n *node, origin string) {
	comment := "  # " + origin + "\n"
	switch v := v.(type) {
	case Mapping:
		b.WriteString(indent + quoted(key) + ":" + comment)
		c.entries(b, indent+"  ", v, n)
	case []Value:
		if !nested(v) {
			b.WriteString(indent + quoted(key) + ": " + flow(v) + comment)
			return
		}
		b.WriteString(indent + quoted(key) + ":" + comment)
		for i, item := range v {
			b.WriteString(indent + "-\n")
			m, _ := item.(Mapping)
			c.entries(b, indent+"  ", m, element(n, m, i))
		}
	default:
		b.WriteString(indent + quoted(key) + ": " + scalarText(v) + comment)
	}
}

func (c *Config) entries(b *strings.Builder, indent string, m Mapping, n *node) {
	for _, e := range m {
		at := below(n, e.Key)
		origin := c.origin(at)
		if at == nil && n != nil && e.Key == "url" { // of a database: made of the other keys
			origin = c.origin(n)
		}
		c.write(b, indent, e.Key, e.Value, at, origin)
	}
}

func nested(list []Value) bool {
	for _, v := range list {
		if _, ok := v.(Mapping); ok {
			return true
		}
	}
	return false
}

func flow(list []Value) string {
	parts := make([]string, len(list))
	for i, v := range list {
		parts[i] = scalarText(v)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// below gives the value of a key of a mapping, or nil.
func below(n *node, key string) *node {
	if n == nil {
		return nil
	}
	n = target(n)
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key && kindOf(target(n.Content[i+1])) != isNull {
			return target(n.Content[i+1])
		}
	}
	return nil
}

// element finds the entry of a list of sections that a shown one came from: by
// its name, else by its place.
func element(n *node, m Mapping, i int) *node {
	if n == nil || target(n).Kind != yaml.SequenceNode {
		return n
	}
	list := target(n).Content
	for _, e := range m {
		for _, item := range list {
			if at := below(item, "name"); e.Key == "name" && at != nil && at.Value == e.Value {
				return target(item)
			}
		}
	}
	if i < len(list) {
		return target(list[i])
	}
	return nil
}

// shown turns what the configuration holds into what can be written as YAML.
func shown(v any) Value {
	switch v := v.(type) {
	case nil:
		return nil
	case Mapping:
		return v
	case ByLanguage:
		m := Mapping{}
		for _, lang := range sortedKeys(v) {
			m = append(m, Entry{lang, v[lang]})
		}
		return m
	case time.Duration:
		return int64(v / time.Second)
	case netip.Prefix:
		return v.String()
	case Tag:
		return Mapping{{v.Name, v.Text}}
	case Shortcut:
		return Mapping{{v.Name, v.Interview}}
	}
	return shownBy(reflect.ValueOf(v))
}

// shownBy shows a value by its kind.
func shownBy(v reflect.Value) Value {
	switch v.Kind() {
	case reflect.Pointer:
		return shown(v.Elem().Interface())
	case reflect.Bool:
		return v.Bool()
	case reflect.Int, reflect.Int64:
		return v.Int()
	case reflect.String:
		return v.String()
	case reflect.Map:
		m := Mapping{}
		for _, k := range sortedKeys(v.Interface().(map[string]string)) {
			m = append(m, Entry{k, v.MapIndex(reflect.ValueOf(k)).String()})
		}
		return m
	case reflect.Slice:
		list := []Value{}
		var flat Mapping
		for i := range v.Len() {
			item := shown(v.Index(i).Interface())
			if m, ok := item.(Mapping); ok && len(m) == 1 {
				flat = append(flat, m[0]) // short addresses and tags are a mapping
			}
			list = append(list, item)
		}
		if len(flat) > 0 && len(flat) == len(list) {
			return flat
		}
		return list
	}
	return fmt.Sprint(v.Interface())
}

func quoted(key string) string { return scalarText(key) }

// scalarText writes a scalar as YAML on one line.
func scalarText(v Value) string {
	if s, ok := v.(string); ok {
		if strings.ContainsAny(s, "\n\r\t") || needsQuotes(s) {
			return strconv.Quote(s)
		}
		return s
	}
	if v == nil {
		return "null"
	}
	return fmt.Sprint(v)
}

// needsQuotes reports whether a text would be read as something else, here or
// by another program.
func needsQuotes(s string) bool {
	if s == "" || strings.Trim(s, " ") != s || strings.ContainsAny(s, "#{}[],&*!|>'\"%@`\x00") || strings.Contains(s, ": ") || strings.HasSuffix(s, ":") {
		return true
	}
	if kindOf(&node{Kind: yaml.ScalarNode, Value: s}) != isText || strings.ContainsAny(s[:1], "-?:=") {
		return true
	}
	switch strings.ToLower(s) {
	case "yes", "no", "on", "off", "y", "n":
		return true
	}
	return false
}

func (d DB) shown() Mapping {
	if d.Driver == Postgres {
		return Mapping{{"url", hidePassword(d.DSN)}}
	}
	if d.Path == "" {
		return Mapping{{"prefix", "sqlite"}}
	}
	return Mapping{{"url", "sqlite:" + d.Path}}
}

func (w Web) shown() Mapping {
	return Mapping{{"allowed hosts", shown(w.Allow)}, {"private networks", shown(w.Private)}, {"seconds", shown(w.Time)}, {"maximum size", w.Size}}
}

func (l Limits) shown() Mapping {
	return Mapping{{"steps", l.Steps}, {"memory", l.Memory}, {"seconds", shown(l.Time)}}
}

// orNothing shows a text that is not set as no value.
func orNothing(s string) Value {
	if s == "" {
		return nil
	}
	return s
}

func mailShown(all []Mail) Value {
	list := []Value{}
	for _, m := range all {
		password := ""
		if m.Password != "" {
			password = masked
		}
		delivery := "background"
		if m.Immediate {
			delivery = "immediate"
		}
		list = append(list, Mapping{{"name", m.Name}, {"default sender", orNothing(m.DefaultSender)}, {"server", m.Server}, {"port", int64(m.Port)},
			{"username", orNothing(m.Username)}, {"password", orNothing(password)}, {"use tls", m.TLS == TLSRequired || m.TLS == TLSOpportunist}, {"use ssl", m.TLS == TLSImplicit},
			{"authentication", orNothing(m.Auth)}, {"delivery", delivery}})
	}
	return list
}
