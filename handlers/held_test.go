package handlers_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const application = `
mandatory: True
question: Received
subquestion: |
  ${ name }: ${ letter[0].filename } "${ letter[0].slurp().strip() }" ${ comma_and_list([f.filename for f in pictures] if pictures else ['no pictures']) }

  ${ pictures.show() if pictures else '' }
---
question: Apply
fields:
  - Name: name
    minlength: 3
  - Letter: letter
    datatype: file
  - Pictures: pictures
    datatype: files
    required: False
    accept: |
      'image/*'
    maximum image size: 20
validation code: |
  if name == 'wrong':
    validation_error('Another name, please.')
`

// drawing is a picture of so many pixels.
func drawing(t testing.TB, w, h int) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	var b bytes.Buffer
	check(t, png.Encode(&b, img))
	return b.String()
}

// attach chooses files for the field with a label.
func (f *form) attach(t testing.TB, label string, fs ...file) *form {
	t.Helper()
	name := attr(byID(f.node, attr(labelled(f.node, label), "for")), "name")
	f.files[name] = fs[0]
	f.further[name] = fs[1:]
	return f
}

// Files that came with a form that was refused are kept for the next try, can be
// removed, and give way to others.
func TestUploadsOutliveARefusedForm(t *testing.T) {
	for _, tt := range []struct {
		name string
		then func(f *form)
		want string
	}{
		{"sent again as they are", func(*form) {}, `Ada Lovelace: letter.txt “Dear Sir” garden.png and house.png`},
		{"one removed", func(f *form) { f.fill(t, "Remove: garden.png", "yes") }, `Ada Lovelace: letter.txt “Dear Sir” house.png`},
		{"all of a list removed", func(f *form) {
			f.fill(t, "Remove: garden.png", "yes")
			f.fill(t, "Remove: house.png", "yes")
		}, `Ada Lovelace: letter.txt “Dear Sir” no pictures`},
		{"another one instead", func(f *form) { f.attach(t, "Letter", file{"second.txt", "text/plain", "Dear Madam"}) },
			`Ada Lovelace: second.txt “Dear Madam” garden.png and house.png`},
		{"one more", func(f *form) { f.attach(t, "Pictures", file{"cat.png", "image/png", drawing(t, 4, 4)}) },
			`Ada Lovelace: letter.txt “Dear Sir” garden.png, house.png, and cat.png`},
	} {
		for _, first := range []string{"wr", "wrong"} { // refused by a rule of a field, and by the question's own check
			t.Run(tt.name+" after "+first, func(t *testing.T) {
				h := open(t, map[string]string{"apply.yml": application})
				p := h.visit()
				f := p.begin("apply.yml").form("Name", first)
				f.attach(t, "Letter", file{"letter.txt", "text/plain", "Dear Sir"})
				f.attach(t, "Pictures", file{"garden.png", "image/png", drawing(t, 40, 10)}, file{"house.png", "image/png", drawing(t, 8, 8)})
				pg := p.send(f).wants("Apply")
				if pg.status != 422 || !strings.Contains(pg.text(), "letter.txt") || strings.Count(pg.body, `src="data:image/png;base64,`) != 2 {
					t.Fatalf("status %d: %s", pg.status, pg.text())
				}
				f = pg.form("Name", "Ada Lovelace")
				tt.then(f)
				if pg = p.send(f).wants("Received"); !strings.Contains(pg.text(), tt.want) {
					t.Errorf("got %q, want %q", pg.text(), tt.want)
				}
			})
		}
	}
}

// A file of a field that is wrong itself is to be chosen anew; one that must be
// there and was removed is asked for.
func TestUploadsThatAreNotKept(t *testing.T) {
	h := open(t, map[string]string{"apply.yml": application})
	p := h.visit()
	f := p.begin("apply.yml").form("Name", "Ada")
	f.attach(t, "Letter", file{"letter.txt", "text/plain", "Dear Sir"})
	f.attach(t, "Pictures", file{"list.txt", "text/plain", "no picture"})
	pg := p.send(f).wants("Apply")
	if strings.Contains(pg.text(), "list.txt") || !strings.Contains(pg.text(), "letter.txt") || !strings.Contains(pg.text(), "valid file format") {
		t.Errorf("the page says %q", pg.text())
	}
	pg = p.send(pg.form("Remove: letter.txt", "yes")).wants("Apply")
	if !strings.Contains(pg.text(), "You must provide a file.") || strings.Contains(pg.text(), "letter.txt") {
		t.Errorf("the page says %q", pg.text())
	}
}

// What says that a file is held is signed, for one session.
func TestHeldFilesOfOthers(t *testing.T) {
	h := open(t, map[string]string{"apply.yml": application})
	p := h.visit()
	f := p.begin("apply.yml").form("Name", "wrong")
	pg := p.send(f.attach(t, "Letter", file{"letter.txt", "text/plain", "Dear Sir"})).wants("Apply")
	token := *pg.form().get("_held")

	q := h.visit()
	for name, stolen := range map[string]string{"another's": token, "altered": "x" + token, "empty": "", "no token": "letter.txt"} {
		f := q.begin("apply.yml").form("Name", "Eve")
		f.set("_held", stolen)
		if pg := q.send(f); pg.status != 400 || !strings.Contains(pg.text(), "We could not read your answer.") {
			t.Errorf("%s: status %d, %q", name, pg.status, pg.text())
		}
	}
}

// Pictures are made as small as the author wants them by the server: scripts may
// have done it, or not.
func TestPicturesAreMadeSmaller(t *testing.T) {
	for name, tt := range map[string]struct{ settings, features, says, size string }{
		"by the field":    {"    maximum image size: 20\n    image upload type: jpeg\n", "", "garden.jpg image/jpeg", "20x5"},
		"by the features": {"", "features:\n  maximum image size: 10\n---\n", "garden.png image/png", "10x3"},
		"not at all":      {"    maximum image size: None\n", "features:\n  maximum image size: 10\n---\n", "garden.png image/png", "40x10"},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, map[string]string{"one.yml": tt.features + `
question: Picture?
fields:
  - Picture: picture
    datatype: camera
` + tt.settings + `---
mandatory: True
question: Thanks
subquestion: |
  ${ picture[0].filename } ${ picture[0].mimetype } ${ picture.show() }
`})
			p := h.visit()
			f := p.begin("one.yml").form()
			pg := p.send(f.attach(t, "Picture", file{"garden.png", "image/png", drawing(t, 40, 10)})).wants("Thanks")
			img := first(pg.doc, func(n *html.Node) bool { return n.Data == "img" && strings.Contains(attr(n, "src"), "/uploadedfile/") })
			if img == nil {
				t.Fatalf("no picture on the page: %s", pg.text())
			}
			config, _, err := image.DecodeConfig(strings.NewReader(p.get(attr(img, "src")).body))
			check(t, err)
			if size := fmt.Sprintf("%dx%d", config.Width, config.Height); size != tt.size || !strings.Contains(pg.text(), tt.says) {
				t.Errorf("got %s, want %s; the page says %q, want %q", size, tt.size, pg.text(), tt.says)
			}
		})
	}
}
