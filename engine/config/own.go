package config

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A Value is what authors read from the configuration: nil, bool, int64,
// *big.Int, float64, string, []Value or Mapping.
type Value any

// A Mapping is a mapping in the order of the file.
type Mapping []Entry

// An Entry is one key of a Mapping.
type Entry struct {
	Key   string
	Value Value
}

// Get gives the value of a key as the file or the environment has it, for
// get_config(). It reports whether the key is there. A key that holds a secret
// of the server is an error that names it, unless "config secrets readable"
// lists the key; inside a known section secrets are simply left out.
func (c *Config) Get(key string) (value Value, ok bool, err error) {
	if c.withheld[key] {
		return nil, false, fmt.Errorf("the configuration key %q is a secret of the server; "+
			"an administrator can list it under \"config secrets readable\"", key)
	}
	value, ok = c.own[key]
	return value, ok, nil
}

// keepOwn keeps what Get gives.
func (r *reader) keepOwn(root *node, c *Config, fields []field[Config]) {
	readable := map[string]bool{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == "config secrets readable" {
			for _, item := range items(target(root.Content[i+1])) {
				readable[target(item).Value] = true
			}
		}
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, v := root.Content[i].Value, root.Content[i+1]
		secret, hide := secrecy(key, fields)
		if readable[key] {
			secret, hide = false, nothing
		}
		if secret {
			c.withheld[key] = true
			continue
		}
		c.own[key] = r.value(key, v, hide, 0)
	}
}

// secrecy says whether the value of a top-level key is a secret as a whole, and
// which of the keys below it are.
func secrecy(key string, fields []field[Config]) (whole bool, below func(string) bool) {
	if f, ok := fieldNamed(fields, key); ok {
		return f.secret, func(name string) bool {
			for _, h := range f.hidden {
				if h == name {
					return true
				}
			}
			return false
		}
	}
	if _, ok := inert(key); ok {
		return wholeSecret(key), soundsSecret
	}
	return false, nothing
}

func nothing(string) bool { return false }

// soundsSecret judges a key of a section this server does not read by its name.
func soundsSecret(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"secret", "password", "token", "key", "credential", "sid", "url"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// value converts a node, leaving out the keys that hide says are secret.
func (r *reader) value(key string, n *node, hide func(string) bool, depth int) Value {
	n = target(n)
	r.seen++
	if r.seen > mostNodes || depth > mostDepth {
		if r.seen == mostNodes+1 || depth == mostDepth+1 {
			r.fault(n, key, "is too large or refers to itself: write out what it stands for")
		}
		return nil
	}
	switch n.Kind {
	case yaml.MappingNode:
		m := Mapping{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := n.Content[i].Value
			if !hide(name) {
				m = append(m, Entry{name, r.value(key, n.Content[i+1], hide, depth+1)})
			}
		}
		return m
	case yaml.SequenceNode:
		list := make([]Value, len(n.Content))
		for i, item := range n.Content {
			list[i] = r.value(key, item, hide, depth+1)
		}
		return list
	}
	return r.scalar(key, n)
}

func (r *reader) scalar(key string, n *node) Value {
	digits := strings.ReplaceAll(n.Value, "_", "")
	switch kindOf(n) {
	case isNull:
		return nil
	case isBool:
		return strings.EqualFold(n.Value, "true")
	case isInt:
		if i, err := strconv.ParseInt(digits, 10, 64); err == nil {
			return i
		}
		if i, ok := new(big.Int).SetString(strings.TrimPrefix(digits, "+"), 10); ok {
			return i
		}
	case isFloat:
		if f, err := strconv.ParseFloat(digits, 64); err == nil {
			return f
		}
	}
	s, _ := r.expand(key, n)
	return s
}
