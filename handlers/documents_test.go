package handlers_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const dossier = `
objects:
  - photo: DAFile
---
sets: photo.initialized
code: |
  photo.initialize(filename='green.jpg', content='no real picture')
---
mandatory: True
question: Who?
fields:
  - Name: name
---
mandatory: True
question: Your papers
attachments:
  - name: Letter to ${ name }
    filename: letter
    description: A *short* one.
    valid formats: [pdf, md, html]
    content: |
      Dear **${ name }**,
  - name: Picture
    filename: picture
    manual:
      jpg: photo
  - name: Script
    filename: run.sh
    raw: True
    content: |
      echo ${ len(name) }
allow downloading: True
zip filename: Papers of ${ name }
`

// zipForm is the form that downloads all documents of a screen, or nil.
func (pg *page) zipForm() *form {
	n := first(pg.doc, func(n *html.Node) bool {
		return n.Data == "form" && find(n, "input", "name", "_download_attachments") != nil
	})
	if n == nil {
		return nil
	}
	return read(n)
}

// unpacked are the files of an archive by name.
func unpacked(t *testing.T, content string) map[string]string {
	t.Helper()
	z := must(zip.NewReader(bytes.NewReader([]byte(content)), int64(len(content))))(t)
	files := map[string]string{}
	for _, f := range z.File {
		r := must(f.Open())(t)
		files[f.Name] = string(must(io.ReadAll(r))(t))
		check(t, r.Close())
	}
	return files
}

// Documents are files of the session: each is downloaded under its name, all
// together as an archive, and nobody else gets them.
func TestDocumentsAreDownloaded(t *testing.T) {
	h := open(t, map[string]string{"dossier.yml": dossier})
	p := h.visit()
	pg := p.begin("dossier.yml").answer("Name", "<i>Bob</i>").wants("Your papers")
	for _, want := range []string{"The following documents have been created for you.", "Letter to <i>Bob</i>", "A short one.", "PDF", "1 page",
		"(for printing; requires Adobe Reader", "picture.jpg", "Markdown", "Preview", "Dear <i>Bob</i>,", "Download all documents as a ZIP file",
		"Include Markdown file for editing"} {
		if !strings.Contains(pg.text(), want) {
			t.Errorf("the page lacks %q: %s", want, pg.text())
		}
	}
	links := hrefs(pg, "/uploadedfile/")
	if len(links) != 4 {
		t.Fatalf("there are the links %v", links)
	}
	for i, want := range []string{"%PDF-", "Dear **<i>Bob</i>**,\n", "no real picture", "echo 10\n"} {
		got := p.get(links[i])
		if got.status != http.StatusOK || !strings.HasPrefix(got.body, want) {
			t.Errorf("%s: %d %.40q, want %q", links[i], got.status, got.body, want)
		}
		if stranger := h.visit().get(links[i]); stranger.status != http.StatusForbidden {
			t.Errorf("%s: a stranger gets %d", links[i], stranger.status)
		}
	}
	f := pg.zipForm()
	f.drop("_attachment_include_editable")
	got := p.send(f)
	if d := got.header.Get("Content-Disposition"); d != `attachment; filename="Papers of iBob_i.zip"` {
		t.Errorf("the archive is %q", d)
	}
	files := unpacked(t, got.body)
	if len(files) != 3 || !strings.HasPrefix(files["letter.pdf"], "%PDF-") || files["green.jpg"] != "no real picture" || files["run.sh"] != "echo 10\n" {
		t.Errorf("in the archive are %d: %.200q", len(files), files)
	}
	f = pg.zipForm()
	f.set("_attachment_include_editable", "True")
	if files = unpacked(t, p.send(f).body); files["letter.md"] != "Dear **<i>Bob</i>**,\n" || len(files) != 4 {
		t.Errorf("with what can be edited there are %d: %.200q", len(files), files)
	}
	if again := hrefs(p.get(address("dossier.yml")).wants("Your papers"), "/uploadedfile/"); !reflect.DeepEqual(again, links) {
		t.Errorf("unchanged documents are at %v, were at %v", again, links)
	}
	pg = p.get(address("dossier.yml")).back().answer("Name", "Ada").wants("Your papers")
	if body := p.get(hrefs(pg, "/uploadedfile/")[1]).body; body != "Dear **Ada**,\n" {
		t.Errorf("the letter of the new answer says %q", body)
	}
}

// hrefs are the addresses of the page's links that contain a text, in order.
func hrefs(pg *page, part string) []string {
	var list []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for _, a := range n.Attr {
			if n.Data == "a" && a.Key == "href" && strings.Contains(a.Val, part) {
				list = append(list, a.Val)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(pg.doc)
	return list
}

// An archive that the author does not offer is not made.
func TestArchiveIsRefused(t *testing.T) {
	yaml := strings.Replace(dossier, "allow downloading: True", "continue button field: seen", 1)
	h := open(t, map[string]string{"dossier.yml": yaml})
	p := h.visit()
	pg := p.begin("dossier.yml").answer("Name", "Bob").wants("Your papers")
	if pg.zipForm() != nil {
		t.Error("it is offered")
	}
	f := pg.form()
	f.set("_download_attachments", "1")
	if got := p.send(f); got.status != http.StatusForbidden {
		t.Errorf("asked for all the same: %d %.200s", got.status, got.body)
	}
}

// The JSON form of a screen names the files of its documents.
func TestDocumentsAsJSON(t *testing.T) {
	h := open(t, map[string]string{"dossier.yml": dossier})
	p := h.visit()
	p.begin("dossier.yml").answer("Name", "Bob").wants("Your papers")
	var got struct {
		Attachments []struct {
			Name, Filename string
			VariableName   string            `json:"variable_name"`
			Names          map[string]string `json:"filename_with_extension"`
			URL            map[string]string
			Number, Size   map[string]int
			Status         map[string]string
			Content        map[string]string
			ValidFormats   []string `json:"valid_formats"`
		}
	}
	check(t, json.Unmarshal([]byte(p.get(address("dossier.yml")+"&json=1").body), &got))
	if len(got.Attachments) != 3 {
		t.Fatalf("there are %+v", got)
	}
	a := got.Attachments[0]
	if a.Filename != "letter" || a.VariableName != "_internal['docvar'][0]" || !reflect.DeepEqual(a.Names, map[string]string{"pdf": "letter.pdf", "md": "letter.md"}) ||
		a.Number["pdf"] == 0 || a.URL["pdf"] == "" || a.Size["md"] != len("Dear **Bob**,\n") || a.Status["pdf"] != "ready" ||
		!strings.HasPrefix(a.Content["pdf"], "---\n\"syslang\": |-\n  en\n") || a.Content["html"] == "" {
		t.Errorf("the letter is %+v", a)
	}
	if b := got.Attachments[1]; !reflect.DeepEqual(b.Names, map[string]string{"jpg": "picture.jpg"}) || !reflect.DeepEqual(b.ValidFormats, []string{"jpg"}) {
		t.Errorf("the picture is %+v", b)
	}
	if c := got.Attachments[2]; !reflect.DeepEqual(c.Names, map[string]string{"raw": "run.sh"}) {
		t.Errorf("the script is %+v", c)
	}
}
