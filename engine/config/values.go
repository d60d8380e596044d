package config

import (
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// The functions below make the read of a field: each checks the type of a value
// and stores it where it belongs.

type readFunc[T any] func(r *reader, key string, n *node, to *T)

// text takes text and numbers, which it leaves as they are written.
func text[T any](at func(*T) *string) readFunc[T] {
	return func(r *reader, key string, n *node, to *T) {
		if s, ok := r.text(key, n); ok {
			*at(to) = s
		}
	}
}

// checked is text that must pass a check; the check's answer is the mistake.
func checked[T any](at func(*T) *string, check func(string) string) readFunc[T] {
	return func(r *reader, key string, n *node, to *T) {
		s, ok := r.text(key, n)
		if !ok {
			return
		}
		if wrong := check(s); wrong != "" {
			r.fault(n, key, "%s", wrong)
			return
		}
		*at(to) = s
	}
}

func flag[T any](at func(*T) *bool) readFunc[T] {
	return func(r *reader, key string, n *node, to *T) {
		if b, ok := r.flag(key, n); ok {
			*at(to) = b
		}
	}
}

// whole takes a whole number from least to most.
func whole[T any](least, most int64, set func(*T, int64)) readFunc[T] {
	return func(r *reader, key string, n *node, to *T) {
		i, ok := r.whole(key, n)
		if !ok {
			return
		}
		if i < least || i > most {
			r.fault(n, key, "must be from %d to %d", least, most)
			return
		}
		set(to, i)
	}
}

// size takes a number of bytes, with or without a unit; nothing counts as 0.
func size[T any](set func(*T, int64)) readFunc[T] {
	return func(r *reader, key string, n *node, to *T) {
		if kindOf(n) == isNull {
			set(to, 0)
			return
		}
		s, ok := r.text(key, n)
		if !ok {
			return
		}
		bytes, ok := parseSize(s)
		if !ok {
			r.fault(n, key, "must be a number of bytes, or a number with KiB, MiB or GiB")
			return
		}
		set(to, bytes)
	}
}

// texts takes one text or a list of them.
func texts[T any](at func(*T) *[]string) readFunc[T] {
	return func(r *reader, key string, n *node, to *T) {
		var all []string
		for _, item := range items(n) {
			s, ok := r.text(key, target(item))
			if !ok {
				return
			}
			all = append(all, s)
		}
		*at(to) = all
	}
}

// items gives the members of a list, or the value itself if it is none.
func items(n *node) []*node {
	if n.Kind == yaml.SequenceNode {
		return n.Content
	}
	return []*node{n}
}

func (r *reader) text(key string, n *node) (string, bool) {
	switch k := kindOf(n); k {
	case isText, isInt, isFloat:
		return r.expand(key, n)
	default:
		r.fault(n, key, "must be text, not %s", k)
		return "", false
	}
}

func (r *reader) flag(key string, n *node) (value, ok bool) {
	switch kindOf(n) {
	case isBool:
		return strings.EqualFold(n.Value, "true"), true
	case isText:
		switch strings.ToLower(n.Value) {
		case "yes", "on", "true":
			r.fault(n, key, "must be true or false, not text: did you mean true?")
			return false, false
		case "no", "off", "false":
			r.fault(n, key, "must be true or false, not text: did you mean false?")
			return false, false
		}
	}
	r.fault(n, key, "must be true or false, not %s", kindOf(n))
	return false, false
}

func (r *reader) whole(key string, n *node) (int64, bool) {
	if k := kindOf(n); k != isInt {
		r.fault(n, key, "must be a whole number, not %s", k)
		return 0, false
	}
	i, err := strconv.ParseInt(strings.ReplaceAll(n.Value, "_", ""), 10, 64)
	if err != nil {
		r.fault(n, key, "is too large a number: write a smaller one")
		return 0, false
	}
	return i, true
}

var sizes = regexp.MustCompile(`^(-?[0-9][0-9_]*) ?(KB|MB|GB|KiB|MiB|GiB|B)?$`)

var units = map[string]int64{
	"": 1, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
}

func parseSize(s string) (int64, bool) {
	m := sizes.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(m[1], "_", ""), 10, 64)
	unit := units[m[2]]
	if err != nil || n > (1<<62)/unit || n < -(1<<62)/unit {
		return 0, false
	}
	return n * unit, true
}

// reference is what stands for a secret kept elsewhere: ${env:NAME} or
// ${file:PATH}.
var reference = regexp.MustCompile(`\$\{(env|file):([^}]*)\}`)

// expand gives the text of a value with its references replaced. A reference
// that leads nowhere is a mistake: the server must not start without a secret.
func (r *reader) expand(key string, n *node) (string, bool) {
	ok := true
	s := reference.ReplaceAllStringFunc(n.Value, func(ref string) string {
		m := reference.FindStringSubmatch(ref)
		if m[1] == "env" {
			if v := lookup(r.src.Environ, m[2]); v != "" {
				return v
			}
			r.fault(n, key, "the environment variable %s is not set: set it for the server, or write the value here", m[2])
		} else if r.src.ReadFile == nil {
			r.fault(n, key, "the file %s cannot be read here: write the value instead", m[2])
		} else if text, err := r.src.ReadFile(m[2]); err == nil {
			return strings.TrimRight(string(text), "\r\n")
		} else {
			r.fault(n, key, "the file %s cannot be read: %v; correct its name, or let the server's user read it", m[2], err)
		}
		ok = false
		return ""
	})
	return s, ok
}
