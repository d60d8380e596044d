package interview

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"colloquy/engine/packages"
)

var update = flag.Bool("update", false, "rewrite the expected parts of the txtar files")

// library makes a package colloquy.test of files; names without a folder are
// question files.
func library(t testing.TB, files map[string]string) *packages.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		if !strings.Contains(name, "/") {
			name = "data/questions/" + name
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var lib packages.Library
	if err := lib.AddPackage("colloquy.test", fsys); err != nil {
		t.Fatal(err)
	}
	return &lib
}

// load reads one question file given as text.
func load(t testing.TB, text string) (*Interview, error) {
	t.Helper()
	return Load(t.Context(), library(t, map[string]string{"interview.yml": text}), "colloquy.test:interview.yml")
}

// mustLoad is load for text that must be right.
func mustLoad(t testing.TB, text string) *Interview {
	t.Helper()
	in, err := load(t, text)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestLoad loads the interview.yml of each file in testdata/load and compares
// what is wrong with it (problems) and what it became (blocks, interview).
func TestLoad(t *testing.T) {
	files, err := filepath.Glob("testdata/load/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { testLoad(t, file) })
	}
}

func testLoad(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{}
	for _, f := range ar.Files {
		if strings.Contains(f.Name, ".") {
			sources[f.Name] = string(f.Data)
		}
	}
	in, err := Load(t.Context(), library(t, sources), "colloquy.test:interview.yml")
	got := map[string]string{}
	var le *LoadError
	switch {
	case errors.As(err, &le):
		got["problems"] = problemText(le.Problems)
	case err != nil:
		got["problems"] = err.Error() + "\n"
	default:
		got["problems"] = problemText(in.Problems)
		got["blocks"] = dumpBlocks(in.Blocks)
		got["interview"] = dumpInterview(in)
	}
	compared := 0
	for i, f := range ar.Files {
		if strings.Contains(f.Name, ".") {
			continue
		}
		compared++
		if *update {
			ar.Files[i].Data = []byte(got[f.Name])
		} else if got[f.Name] != string(f.Data) {
			t.Errorf("%s are\n%s\nwant\n%s", f.Name, got[f.Name], f.Data)
		}
	}
	if compared == 0 {
		t.Error("nothing to compare")
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func problemText(list []Problem) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintln(&b, strings.ReplaceAll(p.String(), "colloquy.test:data/questions/", ""))
	}
	return b.String()
}

func dumpBlocks(list []*Block) string {
	var b bytes.Buffer
	for _, blk := range list {
		fmt.Fprintf(&b, "%s:\n", blk.Name)
		dumpFields(&b, "  ", reflect.ValueOf(blk).Elem(), "Index", "Name", "Key", "Source", "Package", "Parent", "Scan", "Choice")
	}
	return b.String()
}

func dumpInterview(in *Interview) string {
	var b bytes.Buffer
	dumpFields(&b, "", reflect.ValueOf(in).Elem(), "Name", "Package", "Stamps", "Blocks", "Declarations", "Problems", "Features",
		"Walk", "Startup", "Reconsider")
	before := reflect.ValueOf(defaultFeatures())
	after := reflect.ValueOf(in.Features)
	for i := range after.NumField() {
		if name := after.Type().Field(i).Name; name != "All" && !reflect.DeepEqual(before.Field(i).Interface(), after.Field(i).Interface()) {
			dump(&b, "", "Features."+name, after.Field(i))
		}
	}
	return b.String()
}

// dumpFields writes the members of a struct that are not zero.
func dumpFields(b *bytes.Buffer, indent string, v reflect.Value, leave ...string) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() || contains(leave, f.Name) || v.Field(i).IsZero() {
			continue
		}
		dump(b, indent, f.Name, v.Field(i))
	}
}

// dump writes one value under its name, on a line of its own if it is short.
func dump(b *bytes.Buffer, indent, name string, v reflect.Value) {
	if s, ok := short(v); ok {
		fmt.Fprintf(b, "%s%s: %s\n", indent, name, s)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		dump(b, indent, name, v.Elem())
	case reflect.Struct:
		fmt.Fprintf(b, "%s%s:\n", indent, name)
		dumpFields(b, indent+"  ", v, "Pos", "Key", "Source")
	case reflect.Slice:
		for i := range v.Len() {
			dump(b, indent, fmt.Sprintf("%s[%d]", name, i), v.Index(i))
		}
	case reflect.Map:
		keys := v.MapKeys()
		for _, k := range sortedKeys(keys) {
			dump(b, indent, fmt.Sprintf("%s[%v]", name, k), v.MapIndex(k))
		}
	default:
		fmt.Fprintf(b, "%s%s: %v\n", indent, name, v.Interface())
	}
}

func sortedKeys(keys []reflect.Value) []reflect.Value {
	for i := range keys {
		for j := i; j > 0 && fmt.Sprint(keys[j]) < fmt.Sprint(keys[j-1]); j-- {
			keys[j], keys[j-1] = keys[j-1], keys[j]
		}
	}
	return keys
}

// short writes what fits on a line.
func short(v reflect.Value) (string, bool) {
	switch x := v.Interface().(type) {
	case *Text:
		if x == nil {
			return "none", true
		}
		kind := "text"
		if _, static := x.Static(); !static {
			kind = "mako"
		}
		return fmt.Sprintf("%s %q at %d:%d", kind, x.Source, x.Pos.Line, x.Pos.Col), true
	case *Code:
		if x == nil {
			return "none", true
		}
		return fmt.Sprintf("code %q at %d:%d", x.Source, x.Pos.Line, x.Pos.Col), true
	case Cond:
		switch {
		case x.Null:
			return "null", true
		case x.Code != nil:
			return fmt.Sprintf("code %q", x.Code.Source), true
		}
		return fmt.Sprint(x.Value), true
	case Pos:
		return fmt.Sprintf("%d:%d", x.Line, x.Col), true
	case Name:
		return fmt.Sprintf("%s at %d:%d", x.Text, x.Pos.Line, x.Pos.Col), true
	case *Name:
		if x != nil {
			return fmt.Sprintf("%s at %d:%d", x.Text, x.Pos.Line, x.Pos.Col), true
		}
	case *Node:
		return nodeText(x), true
	case []string:
		return fmt.Sprintf("%q", x), true
	case string:
		return fmt.Sprintf("%q", x), true
	case fmt.Stringer:
		if v.Kind() == reflect.Int {
			return x.String(), true
		}
	case *Block:
		return "block " + x.Name, true
	}
	return "", false
}

// nodeText writes a tree on one line.
func nodeText(n *Node) string {
	if n == nil {
		return "none"
	}
	var parts []string
	switch n.Kind {
	case List:
		for _, item := range n.Items {
			parts = append(parts, nodeText(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case Map:
		for i, k := range n.Keys {
			parts = append(parts, k.Written()+": "+nodeText(n.Items[i]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case String:
		s := fmt.Sprintf("%q", n.Str)
		if n.Code != nil {
			s = "code " + s
		} else if n.Text != nil {
			s = "text " + s
		}
		return s
	}
	return n.Written()
}
