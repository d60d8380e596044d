package template

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Limits on what a DOCX file may hold unpacked.
const (
	maxPart = 100 << 20
	maxAll  = 300 << 20
)

// An archive is a DOCX file taken apart.
type archive struct {
	names []string // in their order
	parts map[string][]byte
	rels  map[string]*node // of parts whose relationships were looked at
	media map[[32]byte]string
}

func openArchive(content []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, fmt.Errorf("it is not a DOCX file: %w", err)
	}
	a := &archive{parts: map[string][]byte{}, rels: map[string]*node{}, media: map[[32]byte]string{}}
	all := 0
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", f.Name, err)
		}
		b, err := io.ReadAll(io.LimitReader(r, maxPart+1))
		r.Close()
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", f.Name, err)
		}
		if all += len(b); len(b) > maxPart || all > maxAll {
			return nil, errors.New("it is too large")
		}
		a.put(f.Name, b)
	}
	if a.parts["[Content_Types].xml"] == nil {
		return nil, errors.New("it is not a DOCX file: it says nothing of its content")
	}
	return a, nil
}

func (a *archive) put(name string, content []byte) {
	if _, ok := a.parts[name]; !ok {
		a.names = append(a.names, name)
	}
	a.parts[name] = content
}

// bytes packs the archive. The same parts give the same bytes.
func (a *archive) bytes() ([]byte, error) {
	for part, rels := range a.rels {
		if len(rels.kids) > 0 {
			a.parts[relsName(part)] = []byte(xmlHead + rels.String())
		}
	}
	slices.SortStableFunc(a.names, func(x, y string) int { return first(x) - first(y) })
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range a.names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
		if _, err := w.Write(a.parts[name]); err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack the document: %w", err)
	}
	return b.Bytes(), nil
}

// first puts the list of content types first.
func first(name string) int {
	if name == "[Content_Types].xml" {
		return 0
	}
	return 1
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// relsName is the part that holds the relationships of a part.
func relsName(part string) string {
	dir, file := path.Split(part)
	return dir + "_rels/" + file + ".rels"
}

// The types of relationships that documents need.
const (
	relBase  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relImage = relBase + "image"
	relLink  = relBase + "hyperlink"
)

// relations are the relationships of a part.
func (a *archive) relations(part string) *node {
	if r := a.rels[part]; r != nil {
		return r
	}
	r, err := parseXML(a.parts[relsName(part)])
	if err != nil {
		r = element("Relationships", "xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")
		a.put(relsName(part), nil)
	}
	a.rels[part] = r
	return r
}

// relate adds a relationship, unless there is one like it, and returns its id.
func (a *archive) relate(part, kind, target string, external bool) string {
	rels := a.relations(part)
	taken := map[string]bool{}
	for _, k := range rels.kids {
		if k.get("Type") == kind && k.get("Target") == target {
			return k.get("Id")
		}
		taken[k.get("Id")] = true
	}
	n := len(rels.kids) + 1
	for taken["rId"+strconv.Itoa(n)] {
		n++
	}
	r := element("Relationship", "Id", "rId"+strconv.Itoa(n), "Type", kind, "Target", target)
	if external {
		r.set("TargetMode", "External")
	}
	r.parent = rels
	rels.kids = append(rels.kids, r)
	return r.get("Id")
}

// targets lists the parts that a part is related to by a kind of relationship.
func (a *archive) targets(part, kind string) []string {
	var out []string
	for _, k := range a.relations(part).kids {
		if strings.HasSuffix(k.get("Type"), "/"+kind) && k.get("TargetMode") != "External" {
			out = append(out, resolve(part, k.get("Target")))
		}
	}
	return out
}

// resolve completes the target of a relationship.
func resolve(part, target string) string {
	if t, ok := strings.CutPrefix(target, "/"); ok {
		return t
	}
	return path.Join(path.Dir(part), target)
}

// addMedia keeps a picture, once, and returns the target of a relationship of a
// part in the folder word.
func (a *archive) addMedia(content []byte, extension, mime string) (string, error) {
	sum := sha256.Sum256(content)
	if t, ok := a.media[sum]; ok {
		return t, nil
	}
	n := len(a.media) + 1
	for a.parts[fmt.Sprintf("word/media/filled%d.%s", n, extension)] != nil {
		n++
	}
	target := fmt.Sprintf("media/filled%d.%s", n, extension)
	a.put("word/"+target, content)
	a.media[sum] = target
	return target, a.declare(extension, mime)
}

// declare says what files with an extension are.
func (a *archive) declare(extension, mime string) error {
	types, err := parseXML(a.parts["[Content_Types].xml"])
	if err != nil {
		return fmt.Errorf("read the content types: %w", err)
	}
	for _, k := range types.kids {
		if k.name == "Default" && strings.EqualFold(k.get("Extension"), extension) {
			return nil
		}
	}
	types.kids = append([]*node{element("Default", "Extension", extension, "ContentType", mime)}, types.kids...)
	a.parts["[Content_Types].xml"] = []byte(xmlHead + types.String())
	return nil
}

// main is the part that the document's text is in.
func (a *archive) main() (string, error) {
	if found := a.targets("", "officeDocument"); len(found) > 0 && a.parts[found[0]] != nil {
		return found[0], nil
	}
	if a.parts["word/document.xml"] != nil {
		return "word/document.xml", nil
	}
	return "", errors.New("it is not a DOCX file: it has no text")
}
