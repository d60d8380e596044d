package mailtest

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
)

// An Opened letter is what a mail program makes of one.
type Opened struct {
	Head    mail.Header
	Subject string // decoded
	Parts   []Part // the leaves of its body, in order
}

// A Part is a leaf of a mail's body, decoded. In those of text a line ends with
// \n, and with whole letters there is one more at the very end.
type Part struct{ Kind, Name, Text string }

// Open reads a letter, or fails the test.
func Open(t testing.TB, data []byte) *Opened {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("read mail: %v\n%s", err, data)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatalf("read subject: %v", err)
	}
	return &Opened{Head: m.Header, Subject: subject, Parts: parts(t, m.Header, m.Body)}
}

// Text gives the text of the first part of a kind, without the line breaks at
// its end, or "".
func (o *Opened) Text(kind string) string {
	for _, p := range o.Parts {
		if p.Kind == kind && p.Name == "" {
			return strings.TrimRight(p.Text, "\n")
		}
	}
	return ""
}

// Files gives the parts that have a name.
func (o *Opened) Files() []Part {
	var all []Part
	for _, p := range o.Parts {
		if p.Name != "" {
			all = append(all, p)
		}
	}
	return all
}

// parts takes a body apart to its leaves.
func parts(t testing.TB, header map[string][]string, body io.Reader) []Part {
	t.Helper()
	get := func(key string) string { return strings.Join(header[key], "") }
	kind, params, err := mime.ParseMediaType(get("Content-Type"))
	if err != nil {
		t.Fatalf("content type %q: %v", get("Content-Type"), err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		var all []Part
		for r := multipart.NewReader(body, params["boundary"]); ; {
			p, err := r.NextRawPart()
			if errors.Is(err, io.EOF) {
				return all
			} else if err != nil {
				t.Fatal(err)
			}
			all = append(all, parts(t, p.Header, p)...)
		}
	}
	switch get("Content-Transfer-Encoding") {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	content, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	_, disposition, _ := mime.ParseMediaType(get("Content-Disposition"))
	name, err := new(mime.WordDecoder).DecodeHeader(disposition["filename"])
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	if name == "" {
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	return []Part{{kind, name, text}}
}
