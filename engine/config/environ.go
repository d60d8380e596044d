package config

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"colloquy/engine/spelling"
)

// prefix begins the environment variables that override the file.
const prefix = "COLLOQUY_"

// elsewhere lists variables with the prefix that are no keys.
var elsewhere = map[string]bool{
	"COLLOQUY_CONFIG": true, // the path of the file; read by cmd
}

// overlay lays the environment over the tree: COLLOQUY_SECRETKEY sets
// secretkey, COLLOQUY_USE_HTTPS sets "use https", COLLOQUY_MAIL_PASSWORD (or
// COLLOQUY_MAIL__PASSWORD) sets password in the mail section, that of the
// default entry if there are several. An empty variable changes nothing. A
// value that begins with a bracket or a brace is read as YAML.
func (r *reader) overlay(root *node) {
	paths := variables()
	names := make([]string, 0, len(paths))
	for name := range paths {
		names = append(names, name)
	}
	for _, pair := range r.src.Environ {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, prefix) || value == "" || elsewhere[name] {
			continue
		}
		if path, ok := paths[strings.ReplaceAll(name, "__", "_")]; ok {
			r.set(root, path, r.fromEnviron(name, value))
			continue
		}
		at := &node{}
		r.names[at] = name
		if near, ok := spelling.Within(name, names, (len(name)-len(prefix))/4); ok {
			r.fault(at, "", "is an environment variable for no key: did you mean %s?", near)
		} else {
			r.warn(at, "", "is an environment variable for no key")
		}
	}
}

// variables gives for each environment variable the path of the key it sets.
func variables() map[string][]string {
	all := map[string][]string{}
	upper := strings.NewReplacer(" ", "_", "-", "_")
	for _, f := range top() {
		name := prefix + strings.ToUpper(upper.Replace(f.name))
		all[name] = []string{f.name}
		for _, below := range f.below {
			all[name+"_"+strings.ToUpper(upper.Replace(below))] = []string{f.name, below}
		}
	}
	return all
}

func (r *reader) fromEnviron(name, value string) *node {
	n := &node{Kind: yaml.ScalarNode, Value: value}
	if value[0] == '[' || value[0] == '{' {
		var doc node
		if err := yaml.Unmarshal([]byte(value), &doc); err == nil && len(doc.Content) == 1 {
			n = doc.Content[0]
			r.sound(n, 0)
		}
	}
	r.name(n, name)
	return n
}

func (r *reader) name(n *node, name string) {
	r.names[n] = name
	for _, below := range n.Content {
		r.name(below, name)
	}
}

// set puts v at path below the mapping n.
func (r *reader) set(n *node, path []string, v *node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value != path[0] {
			continue
		}
		if len(path) == 1 {
			n.Content[i+1] = v
			return
		}
		if below := entry(target(n.Content[i+1])); below.Kind == yaml.MappingNode {
			r.set(below, path[1:], v)
			return
		}
		n.Content[i+1] = r.section(path[1:], v)
		return
	}
	key := &node{Kind: yaml.ScalarNode, Value: path[0]}
	r.names[key] = r.names[v]
	if len(path) > 1 {
		v = r.section(path[1:], v)
	}
	n.Content = append(n.Content, key, v)
}

// section gives a new mapping that holds v at path.
func (r *reader) section(path []string, v *node) *node {
	n := &node{Kind: yaml.MappingNode, Tag: "!!map"}
	r.names[n] = r.names[v]
	r.set(n, path, v)
	return n
}

// entry gives the default entry of a list of mappings, or n itself.
func entry(n *node) *node {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		return n
	}
	for _, item := range n.Content {
		item = target(item)
		for i := 0; i+1 < len(item.Content); i += 2 {
			if item.Kind == yaml.MappingNode && item.Content[i].Value == "name" && item.Content[i+1].Value == "default" {
				return item
			}
		}
	}
	return target(n.Content[0])
}
