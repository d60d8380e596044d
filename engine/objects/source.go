package objects

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

var dataNatives = []native{
	{"read_source", readSource},
	{"class_named", classNamed},
}

// readSource reads a YAML or JSON file of a package's sources folder: a list
// of its documents.
func readSource(th *python.Thread, a *python.Args) (python.Value, error) {
	var ref string
	var pkg python.Value = python.None
	if err := a.Unpack("read_source", "ref", &ref, "package?", &pkg); err != nil {
		return nil, err
	}
	if p, ok := python.StringOf(pkg); ok && p != "" && !strings.Contains(ref, ":") {
		ref = p + ":" + ref
	}
	data, err := evaluation.Of(th).ReadData("sources", ref)
	if err != nil {
		return nil, python.Errorf(DAError, "objects_from_file: %v", err)
	}
	var docs []python.Value
	if strings.HasSuffix(strings.ToLower(ref), ".json") {
		var v python.Value
		if v, err = readJSON(th, data); err == nil {
			docs = append(docs, v)
		}
	} else {
		docs, err = readYAML(th, data)
	}
	if err != nil {
		if _, raised := python.AsRaised(err); raised {
			return nil, err
		}
		return nil, python.Errorf(DAError, "objects_from_file: %s: %v", ref, err)
	}
	return python.NewList(docs...), nil
}

// classNamed returns the class with a qualified name, or None: one of the
// library, or one of a module that can be imported.
func classNamed(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("class_named", "name", &name); err != nil {
		return nil, err
	}
	module, bare := "", name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		module, bare = name[:i], name[i+1:]
	}
	if v, err := evaluation.Library(th, bare); err == nil {
		if c, ok := v.(*python.Class); ok && (module == "" || c.QualifiedName() == name) {
			return c, nil
		}
	}
	if module == "" {
		return python.None, nil
	}
	m, err := th.Import(module)
	if err != nil {
		if python.IsException(err, python.ImportError) {
			return python.None, nil
		}
		return nil, err
	}
	v, ok := th.LookupName(m.Globals, bare)
	if !ok {
		return python.None, nil
	}
	return v, nil
}

// readYAML reads every document of a file. Scalars have the types that they
// have in an interview: yes and no are text.
func readYAML(th *python.Thread, data []byte) (docs []python.Value, err error) {
	defer func() {
		if r := recover(); r != nil { // the YAML library, on input its authors did not foresee
			err = fmt.Errorf("the YAML cannot be read: %v", r)
		}
	}()
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	for {
		var n yaml.Node
		if err := loader.Load(&n); errors.Is(err, io.EOF) {
			return docs, nil
		} else if err != nil {
			return nil, err
		}
		if len(n.Content) == 0 {
			continue
		}
		r := yamlReader{th: th}
		v, err := r.node(n.Content[0], 0)
		if err != nil {
			return nil, err
		}
		docs = append(docs, v)
	}
}

const (
	deepestYAML = 200
	mostYAML    = 500_000 // values, repeated ones counted each time
)

type yamlReader struct {
	th   *python.Thread
	seen int
}

func (r *yamlReader) node(n *yaml.Node, depth int) (python.Value, error) {
	r.seen++
	if depth > deepestYAML || r.seen > mostYAML {
		return nil, fmt.Errorf("line %d: too many values, or nested too deep", n.Line)
	}
	switch n.Kind {
	case yaml.AliasNode:
		return r.node(n.Alias, depth+1)
	case yaml.SequenceNode:
		out := python.NewList()
		for _, item := range n.Content {
			v, err := r.node(item, depth+1)
			if err != nil {
				return nil, err
			}
			out.Elems = append(out.Elems, v)
		}
		return out, nil
	case yaml.MappingNode:
		return r.mapping(n, depth)
	}
	return scalar(n), nil
}

func (r *yamlReader) mapping(n *yaml.Node, depth int) (python.Value, error) {
	out := python.NewDict()
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, err := r.node(n.Content[i], depth+1)
		if err != nil {
			return nil, err
		}
		v, err := r.node(n.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		if n.Content[i].Tag == "!!merge" {
			if err := r.merge(out, v); err != nil {
				return nil, err
			}
			continue
		}
		if err := out.Set(r.th, k, v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// merge adds what << brings and the mapping does not have itself.
func (r *yamlReader) merge(out *python.Dict, v python.Value) error {
	parts := []python.Value{v}
	if l, ok := v.(*python.List); ok {
		parts = l.Elems
	}
	for _, p := range parts {
		d, ok := p.(*python.Dict)
		if !ok {
			return errors.New("<< must be given a mapping or a list of mappings")
		}
		for k, e := range d.All() {
			if _, have, err := out.Get(r.th, k); err != nil {
				return err
			} else if !have {
				if err := out.Set(r.th, k, e); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

var yamlFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?$`)

// scalar gives a plain scalar its type; quoted ones are text.
func scalar(n *yaml.Node) python.Value {
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	s := n.Value
	if n.Style&quoted != 0 || n.Style&yaml.TaggedStyle != 0 && n.Tag == "!!str" {
		return python.NewStr(s)
	}
	switch s {
	case "", "~", "null", "Null", "NULL":
		return python.None
	case "true", "True", "TRUE":
		return python.True
	case "false", "False", "FALSE":
		return python.False
	case ".inf", ".Inf", ".INF", "+.inf":
		return python.Float(math.Inf(1))
	case "-.inf", "-.Inf", "-.INF":
		return python.Float(math.Inf(-1))
	case ".nan", ".NaN", ".NAN":
		return python.Float(math.NaN())
	}
	if i, ok := yamlInt(s); ok {
		return python.NewInt(i)
	}
	if yamlFloat.MatchString(s) {
		if f, err := strconv.ParseFloat(strings.ReplaceAll(s, "_", ""), 64); err == nil || math.IsInf(f, 0) {
			return python.Float(f)
		}
	}
	return python.NewStr(s)
}

// yamlInt reads 12, 1_000, 0b101, 0o17 and 0xff; 017 is seventeen.
func yamlInt(s string) (*big.Int, bool) {
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 || digits == "" || digits[0] < '0' || digits[0] > '9' {
		return nil, false
	}
	base := 10
	if len(digits) > 2 && digits[0] == '0' {
		if b := map[byte]int{'b': 2, 'o': 8, 'x': 16}[digits[1]]; b != 0 {
			base, digits = b, digits[2:]
		}
	}
	sign := strings.TrimPrefix(s[:1], "+")
	if sign != "-" {
		sign = ""
	}
	return new(big.Int).SetString(sign+strings.ReplaceAll(digits, "_", ""), base)
}

// readJSON reads a JSON text, keys in the order in which they stand.
func readJSON(th *python.Thread, data []byte) (python.Value, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v, err := jsonValue(th, d, 0)
	if err != nil {
		return nil, err
	}
	if d.More() {
		return nil, errors.New("more than one value")
	}
	return v, nil
}

func jsonValue(th *python.Thread, d *json.Decoder, depth int) (python.Value, error) {
	if depth > deepestYAML {
		return nil, errors.New("nested too deep")
	}
	tok, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t := tok.(type) {
	case bool:
		return python.Bool(t), nil
	case string:
		return python.NewStr(t), nil
	case json.Number:
		if i, ok := new(big.Int).SetString(t.String(), 10); ok {
			return python.NewInt(i), nil
		}
		f, err := t.Float64()
		return python.Float(f), err
	case json.Delim:
		if t == '[' {
			return jsonList(th, d, depth)
		}
		return jsonObject(th, d, depth)
	}
	return python.None, nil
}

func jsonList(th *python.Thread, d *json.Decoder, depth int) (python.Value, error) {
	out := python.NewList()
	for d.More() {
		v, err := jsonValue(th, d, depth+1)
		if err != nil {
			return nil, err
		}
		out.Elems = append(out.Elems, v)
	}
	_, err := d.Token()
	return out, err
}

func jsonObject(th *python.Thread, d *json.Decoder, depth int) (python.Value, error) {
	out := python.NewDict()
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := jsonValue(th, d, depth+1)
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		out.SetStr(name, v)
	}
	_, err := d.Token()
	return out, err
}
