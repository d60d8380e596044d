package differential

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"colloquy/engine/python/syntax"
)

// shape writes the syntax trees of a program without names and constants. A
// file that is no program has its text for a shape.
func (p *program) shape() string {
	var b strings.Builder
	for _, f := range p.files {
		file, err := syntax.ParseFile(f.Name, string(f.Data), syntax.Pos{})
		if err != nil {
			b.WriteString(words.ReplaceAllString(string(f.Data), "w"))
			continue
		}
		for _, s := range file.Body {
			writeShape(&b, reflect.ValueOf(s))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

var words = regexp.MustCompile(`\w+`)

// writeShape writes what a part of the tree is made of.
func writeShape(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			b.WriteByte('-')
			return
		}
		writeShape(b, v.Elem())
	case reflect.Slice:
		b.WriteByte('[')
		for i := range v.Len() {
			writeShape(b, v.Index(i))
		}
		b.WriteByte(']')
	case reflect.Struct:
		writeNode(b, v)
	case reflect.Uint8, reflect.Bool: // operators, and kinds of nodes
		fmt.Fprint(b, v.Interface())
	}
}

func writeNode(b *strings.Builder, v reflect.Value) {
	kind := v.Type().Name()
	b.WriteString(kind + "(")
	defer b.WriteByte(')')
	if kind == "Constant" || kind == "MatchSingleton" {
		return
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); !f.Anonymous && f.Type != reflect.TypeFor[syntax.Pos]() {
			writeShape(b, v.Field(i))
		}
	}
}
