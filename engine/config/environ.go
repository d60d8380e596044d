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
// default entry if there are several, COLLOQUY_MAIL_NEWS_PASSWORD that of the
// entry named news. An empty variable changes nothing. A value that begins with
// a bracket or a brace is read as YAML.
func (r *reader) overlay(root *node) {
	r.aliases(root)
	paths := variables()
	named(root, paths)
	names := sortedKeys(paths)
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
		if key := inertSection(name); key != "" {
			why, _ := inert(key)
			r.warn(at, key, "%s", why)
		} else if near, ok := spelling.Within(name, names, (len(name)-len(prefix))/3+1); ok {
			r.fault(at, "", "is an environment variable for no key: did you mean %s?", near)
		} else {
			r.fault(at, "", "is an environment variable for no key: write the key in capitals after COLLOQUY_, with _ for blanks, "+
				"and what stands below a section after another _")
		}
	}
}

// variable gives the environment variable of a key.
func variable(path ...string) string {
	upper := strings.NewReplacer(" ", "_", "-", "_", "/", "_")
	return prefix + strings.ToUpper(upper.Replace(strings.Join(path, "_")))
}

// variables gives for each environment variable the path of the key it sets.
func variables() map[string][]string {
	all := map[string][]string{}
	for _, key := range inertKeys() {
		all[variable(key)] = []string{key}
	}
	for _, f := range top() {
		all[variable(f.name)] = []string{f.name}
		for _, below := range f.below {
			all[variable(f.name, below)] = []string{f.name, below}
		}
	}
	return all
}

// named adds the variables of the entries of lists that have names.
func named(root *node, all map[string][]string) {
	for _, f := range top() {
		list := below(root, f.name)
		if list == nil || list.Kind != yaml.SequenceNode || len(f.below) == 0 {
			continue
		}
		for _, item := range list.Content {
			name := below(item, "name")
			if name == nil {
				continue
			}
			for _, key := range f.below {
				if v := variable(f.name, name.Value, key); all[v] == nil {
					all[v] = []string{f.name, "\x00" + name.Value, key}
				}
			}
		}
	}
}

// aliases lays docassemble's own environment variables over the tree, if the
// switch is set with which they are believed there.
func (r *reader) aliases(root *node) {
	if lookup(r.src.Environ, "ENVIRONMENT_TAKES_PRECEDENCE") != "true" {
		return
	}
	for _, a := range environAliases {
		value := lookup(r.src.Environ, a.name)
		if value == "" || value == "null" {
			continue
		}
		r.set(root, a.path, r.fromEnviron(a.name, value))
	}
}

// environAliases are docassemble's names of environment variables.
var environAliases = []struct {
	name string
	path []string
}{
	{"DBPREFIX", []string{"db", "prefix"}}, {"DBHOST", []string{"db", "host"}}, {"DBPORT", []string{"db", "port"}}, {"DBNAME", []string{"db", "name"}},
	{"DBUSER", []string{"db", "user"}}, {"DBPASSWORD", []string{"db", "password"}}, {"DBTABLEPREFIX", []string{"db", "table prefix"}},
	{"DBSSLMODE", []string{"db", "ssl mode"}}, {"DBSSLCERT", []string{"db", "ssl cert"}}, {"DBSSLKEY", []string{"db", "ssl key"}},
	{"DBSSLROOTCERT", []string{"db", "ssl root cert"}}, {"DASECRETKEY", []string{"secretkey"}}, {"REDIS", []string{"redis"}},
	{"TIMEZONE", []string{"timezone"}}, {"URLROOT", []string{"url root"}}, {"POSTURLROOT", []string{"root"}},
	{"DAHOSTNAME", []string{"external hostname"}}, {"USEHTTPS", []string{"use https"}}, {"USELETSENCRYPT", []string{"use lets encrypt"}},
	{"LETSENCRYPTEMAIL", []string{"lets encrypt email"}}, {"BEHINDHTTPSLOADBALANCER", []string{"behind https load balancer"}},
	{"PORT", []string{"port"}}, {"DADEBUG", []string{"debug"}}, {"DAENABLEPLAYGROUND", []string{"enable playground"}},
	{"DAALLOWUPDATES", []string{"allow updates"}}, {"DAALLOWCONFIGURATIONEDITING", []string{"allow configuration editing"}},
	{"GOTENBERGURL", []string{"gotenberg url"}}, {"S3ENABLE", []string{"s3", "enable"}}, {"S3ACCESSKEY", []string{"s3", "access key id"}},
	{"S3SECRETACCESSKEY", []string{"s3", "secret access key"}}, {"S3BUCKET", []string{"s3", "bucket"}}, {"S3REGION", []string{"s3", "region"}},
	{"S3ENDPOINTURL", []string{"s3", "endpoint url"}},
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
		at, rest := entry(target(n.Content[i+1])), path[1:]
		if name, ok := strings.CutPrefix(rest[0], "\x00"); ok {
			at, rest = entryNamed(target(n.Content[i+1]), name), rest[1:]
		}
		if at.Kind == yaml.MappingNode {
			r.set(at, rest, v)
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
	return entryNamed(n, "default")
}

// entryNamed gives the entry of a list that has a name, else the first.
func entryNamed(list *node, name string) *node {
	for _, item := range list.Content {
		if at := below(item, "name"); at != nil && at.Value == name {
			return target(item)
		}
	}
	return target(list.Content[0])
}
