package run

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"colloquy/engine/ask"
	"colloquy/engine/config"
	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/markup"
	"colloquy/engine/packages"
	"colloquy/engine/ports"
	"colloquy/engine/python"
	"colloquy/engine/seal"
)

// The query arguments that belong to the server; all others are url_args.
const (
	ArgInterview  = "i"
	ArgSession    = "session"
	ArgAction     = "action"
	ArgSignature  = "_sig"
	ArgOnce       = "_once"
	ArgStep       = "_step"
	ArgReset      = "reset"
	ArgNewSession = "new_session"
	ArgJSON       = "json"
	ArgNext       = "next" // of pages that send people on
)

// ReservedArgs are never put into url_args.
var ReservedArgs = map[string]bool{ArgInterview: true, ArgJSON: true, "js_target": true, "from_list": true, ArgSession: true,
	"cache": true, ArgReset: true, ArgNewSession: true, ArgAction: true, ArgSignature: true, ArgOnce: true, ArgStep: true}

// world is the outside as a step's evaluation sees it.
type world struct{ s *step }

// Config gives what authors may read of the configuration: a bool, number,
// text, python.Value, or an error for what they may not.
func (w *world) Config(key string) (any, bool) {
	v, ok, err := w.s.r.config.Get(key)
	if err != nil {
		return err, true
	}
	if !ok {
		return w.fallback(key)
	}
	return configValue(v), true
}

// fallback gives the settings that have a default.
func (w *world) fallback(key string) (any, bool) {
	c := w.s.r.config
	switch key {
	case "language":
		return c.Language, c.Language != ""
	case "locale":
		return c.Locale, c.Locale != ""
	case "timezone":
		return c.TimeZone, c.TimeZone != ""
	case "country":
		return c.Country, c.Country != ""
	case "currency symbol":
		return c.CurrencySymbol, c.CurrencySymbol != ""
	case "brandname":
		return c.BrandName, c.BrandName != ""
	case "appname":
		return c.AppName, c.AppName != ""
	}
	return nil, false
}

// CallWeb makes a call to another server.
func (w *world) CallWeb(ctx context.Context, req ports.WebRequest) (*ports.WebResponse, error) {
	if w.s.r.web == nil {
		return nil, &ports.Undeliverable{Reason: "calls to other servers are not possible here"}
	}
	return w.s.r.web.Do(ctx, req)
}

// configValue makes lists and mappings of the configuration those of the
// dialect, in the order of the file.
func configValue(v config.Value) any {
	switch v := v.(type) {
	case config.Mapping:
		d := python.NewDict()
		for _, e := range v {
			d.SetStr(e.Key, settingValue(e.Value))
		}
		return d
	case []config.Value:
		list := python.NewList()
		for _, item := range v {
			list.Elems = append(list.Elems, settingValue(item))
		}
		return list
	}
	return v
}

// settingValue is a value of the configuration as code has it.
func settingValue(v config.Value) python.Value {
	switch v := configValue(v).(type) {
	case python.Value:
		return v
	case bool:
		return python.Bool(v)
	case int64:
		return python.Int(v)
	case float64:
		return python.Float(v)
	case *big.Int:
		return python.NewInt(v)
	case string:
		return python.NewStr(v)
	}
	return python.None
}

// Link builds an address; one that acts is signed for its session.
func (w *world) Link(l evaluation.Link) (string, error) {
	s := w.s
	switch {
	case l.Here:
		return w.here(l)
	case l.Page != "":
		return w.onward(l), nil
	case l.Resume:
		return w.launch(l)
	}
	address, err := l.Address, error(nil)
	if address == "" {
		address, err = w.outside(l)
	}
	if err != nil || l.Local && !l.Temporary {
		return address, err
	}
	if l.Temporary {
		if address, err = s.temporary(address, l.Once, l.Expires); err != nil || l.Local {
			return address, err
		}
	}
	return s.q.Web.Origin() + address, nil
}

// onward is the address of a page that sends people on. Where that is is
// signed, so that nobody else can make our page send people away.
func (w *world) onward(l evaluation.Link) string {
	joint := "?"
	if strings.Contains(l.Page, "?") {
		joint = "&"
	}
	args := url.Values{ArgNext: {l.Next}}
	if !SameSite(w.s.q.Web.Root, l.Next) {
		args.Set(ArgSignature, w.s.r.ring.Sign(purposeNext, seal.Terms{Made: w.s.now}, l.Next))
	}
	return l.Page + joint + args.Encode()
}

// outside is the address of a link for use from outside, without the host.
func (w *world) outside(l evaluation.Link) (string, error) {
	s := w.s
	name, sess := l.Interview, l.Session
	if name == "" {
		name = s.iv.Name
		if sess == "" {
			sess = s.stored.Session.ID
		}
	}
	if l.NewSession {
		sess = ""
	}
	base, args := w.target(name, l)
	if sess != "" {
		args.Set(ArgSession, sess)
	}
	if l.NewSession && !strings.HasPrefix(base, s.r.config.Path("/start/")) {
		args.Set(ArgNewSession, "1")
	}
	if l.Reset {
		args.Set(ArgReset, "1")
	}
	if l.Action != "" {
		payload, err := w.payload(l)
		if err != nil {
			return "", err
		}
		args.Set(ArgAction, payload)
		terms := seal.Terms{Made: s.now}
		if l.Expires > 0 {
			terms.Expires = s.now.Add(l.Expires)
		}
		if l.Single {
			terms.Once = parcelID("single "+sess+" "+strconv.FormatInt(s.stored.Session.Head, 10), payload)[:22]
		}
		args.Set(ArgSignature, s.r.ring.Sign(purposeOutside, terms, sess, payload))
	}
	for _, a := range l.Args {
		args.Set(a.Name, a.Value)
	}
	address := base
	if len(args) > 0 {
		address += "?" + args.Encode()
	}
	return address, nil
}

// target is the path of an interview in the style asked for.
func (w *world) target(name string, l evaluation.Link) (string, url.Values) {
	verb := w.s.r.config.Path("/run/")
	if l.NewSession {
		verb = w.s.r.config.Path("/start/")
	}
	if l.Style == "short" {
		for _, d := range w.s.r.config.Dispatch {
			if d.Interview == name {
				return verb + d.Name + "/", url.Values{}
			}
		}
	}
	if shape := w.s.q.Web.Shape; l.Style == "" && name == w.s.iv.Name && shape != "" {
		return verb + strings.TrimPrefix(shape, w.s.r.config.Path("/run/")), url.Values{} // as the page was opened
	}
	if l.Style == "short" || l.Style == "short_package" {
		if n, err := packages.Parse(name, "", packages.Questions); err == nil {
			file := strings.TrimSuffix(strings.TrimPrefix(n.Path, "data/questions/"), ".yml")
			return verb + strings.TrimPrefix(n.Package, "docassemble.") + "/" + file + "/", url.Values{}
		}
	}
	return w.s.r.config.Path("/interview"), url.Values{ArgInterview: {name}}
}

// here builds a link for the page itself. It carries its session, its
// signature, and a key by which a double click is known.
func (w *world) here(l evaluation.Link) (string, error) {
	s := w.s
	payload, err := w.payload(l)
	if err != nil {
		return "", err
	}
	id := s.stored.Session.ID
	args := url.Values{ArgAction: {payload}, ArgSession: {id},
		ArgSignature: {s.r.ring.Sign(purposeAction, seal.Terms{Made: s.now}, id, payload)}}
	base := s.address(nil)
	if l.Apart { // nobody knows how often it is meant to be followed
		base = strings.TrimSuffix(s.q.Web.Root, "/") + base
	} else {
		args.Set(ArgOnce, s.r.ring.Tag("once", id, strconv.FormatInt(s.stored.Session.Head, 10), strconv.FormatUint(s.seed, 36), payload))
	}
	if strings.Contains(base, "?") {
		return base + "&" + args.Encode(), nil
	}
	return base + "?" + args.Encode(), nil
}

func (w *world) payload(l evaluation.Link) (string, error) {
	if !l.ForgetPrior {
		return encodeAction(nil, l.Action, l.Arguments)
	}
	inner := python.NewDict()
	for _, k := range sortedNames(l.Arguments) {
		inner.SetStr(k, l.Arguments[k])
	}
	return encodeAction(nil, "_da_priority_action", map[string]python.Value{"_action": python.NewStr(l.Action), "_arguments": inner})
}

// File finds the address of a static file, or of a file of the session by its
// number, to which the name it is downloaded by may be added: 7/minutes.txt.
func (w *world) File(ref, fromPackage string) (string, error) {
	if strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "https://") || strings.HasPrefix(ref, "/") {
		return ref, nil
	}
	number, name, _ := strings.Cut(strings.TrimSpace(ref), "/")
	if n, err := strconv.ParseInt(number, 10, 64); err == nil {
		if name != "" {
			name = "/" + url.PathEscape(name)
		}
		return fmt.Sprintf("%s/%s/%d%s", w.s.r.config.Path("/uploadedfile"), w.s.stored.Session.ID, n, name), nil
	}
	static, err := w.s.r.programs.Packages().Resolve(ref, fromPackage, packages.Static)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", ref, err)
	}
	return w.s.r.config.Path(StaticURL(static)), nil
}

// StaticURL is the address of a static file of a package, below the root of the
// server.
func StaticURL(n packages.Name) string {
	return "/packagestatic/" + url.PathEscape(n.Package) + "/" + strings.TrimPrefix(n.Path, "data/static/")
}

// ReadData reads a file of a package's sources or templates.
func (w *world) ReadData(kind, ref, fromPackage string) ([]byte, error) {
	in := map[string]packages.Section{"sources": packages.Sources, "templates": packages.Templates, "static": packages.Static}[kind]
	name, err := w.s.r.programs.Packages().Resolve(ref, fromPackage, in)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", ref, err)
	}
	content, _, err := w.s.r.programs.Packages().ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", ref, err)
	}
	return content, nil
}

// Convert makes a document of another kind; see ports.Converter.
func (w *world) Convert(ctx context.Context, from, to string, content []byte) ([]byte, error) {
	if w.s.r.converter == nil {
		return nil, evaluation.ErrNoConverter
	}
	return w.s.r.converter.Convert(ctx, from, to, content)
}

// Markup is what texts may refer to: the interview's images and the package's files.
func (w *world) Markup() *ask.Markup {
	return &ask.Markup{Files: fileResolver{w}, Icons: iconResolver{w}, Hosts: []string{w.s.q.Web.Origin()}}
}

type fileResolver struct{ w *world }

// File resolves [FILE ref] and [EMOJI ref].
func (f fileResolver) File(ref markup.FileRef) (markup.File, bool) {
	name := strings.TrimSpace(ref.Ref)
	if ref.Outside && !isNumber(name) {
		return markup.File{}, false // people name no files
	}
	iv := f.w.s.iv
	if img, ok := iv.Images[name]; ok {
		address, err := f.w.File(img.Ref, iv.Package)
		return markup.File{URL: address, Name: name, Kind: markup.FileImage, Attribution: markup.Author(img.Attribution)}, err == nil
	}
	if isNumber(name) {
		return f.w.upload(name)
	}
	address, err := f.w.File(name, iv.Package)
	if err != nil {
		return markup.File{}, false
	}
	return markup.File{URL: address, Name: path.Base(name), Kind: kindOf(name)}, true
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

var extensions = map[string]markup.FileKind{".png": markup.FileImage, ".jpg": markup.FileImage, ".jpeg": markup.FileImage, ".gif": markup.FileImage,
	".svg": markup.FileImage, ".webp": markup.FileImage, ".mp3": markup.FileAudio, ".ogg": markup.FileAudio, ".wav": markup.FileAudio,
	".m4a": markup.FileAudio, ".mp4": markup.FileVideo, ".ogv": markup.FileVideo, ".webm": markup.FileVideo, ".mov": markup.FileVideo,
	".pdf": markup.FilePDF, ".docx": markup.FileWord, ".doc": markup.FileWord, ".rtf": markup.FileWord}

func kindOf(name string) markup.FileKind { return extensions[strings.ToLower(path.Ext(name))] }

type iconResolver struct{ w *world }

// Icon resolves :name: to an image of the interview.
func (i iconResolver) Icon(name string) (markup.Icon, bool) {
	img, ok := i.w.s.iv.Images[name]
	if !ok {
		return i.w.s.r.programs.Icon(name)
	}
	address, err := i.w.File(img.Ref, i.w.s.iv.Package)
	if err != nil {
		return markup.Icon{}, false
	}
	return markup.Icon{HTML: `<img class="daicon" src="` + address + `" alt="">`, Attribution: markup.Author(img.Attribution)}, true
}

// KeepFile notes an upload; it is stored with the step.
func (w *world) KeepFile(u ask.Upload) (int64, error) { return w.keep(u.Filename, u.Content), nil }

// MakeFile notes a file that code made; it is stored with the step. Code that
// starts over and makes the same file again is given the one that is there.
func (w *world) MakeFile(name string, content []byte) (int64, error) {
	for _, f := range w.s.files {
		if f.name == name && bytes.Equal(f.content, content) {
			return f.number, nil
		}
	}
	return w.keep(name, content), nil
}

func (w *world) keep(name string, content []byte) int64 {
	s := w.s
	n := int64(1)
	if v, ok := s.state.Book.Misc["files"]; ok {
		last, _ := python.IntOf(v)
		n = last + 1
	}
	s.state.Book.Misc["files"] = python.Int(n)
	s.state.Book.Misc[fileNote(n)] = python.NewTuple(python.Outside(path.Base(name)), python.NewStr(http.DetectContentType(content)))
	s.files = append(s.files, fileWrite{number: n, content: content, name: name})
	return n
}

// fileNote is where the book keeps the name of a file of the session, and its
// kind as its content shows it.
func fileNote(n int64) string { return "file " + strconv.FormatInt(n, 10) }

// upload resolves a file of the session by its number.
func (w *world) upload(ref string) (markup.File, bool) {
	n, err := strconv.ParseInt(ref, 10, 64)
	if err != nil {
		return markup.File{}, false
	}
	note, ok := w.s.state.Book.Misc[fileNote(n)].(*python.Tuple)
	if !ok || len(note.Elems) != 2 {
		return markup.File{}, false
	}
	name, _ := python.StringOf(note.Elems[0])
	mime, _ := python.StringOf(note.Elems[1])
	address, err := w.File(ref+"/"+name, "")
	kinds := map[string]markup.FileKind{"image/png": markup.FileImage, "image/jpeg": markup.FileImage, "image/gif": markup.FileImage,
		"application/pdf": markup.FilePDF}
	return markup.File{URL: address, Name: name, Kind: kinds[mime], MIME: mime}, err == nil
}

func fileKey(session string, n int64) string { return fmt.Sprintf("%s/%d", session, n) }

// storeFiles writes the uploads of the step, sealed with the session's key.
// What is written for a step that is not saved in the end is overwritten by
// the next file of that number.
func (s *step) storeFiles() error {
	for _, f := range s.files {
		if s.r.files == nil {
			return fault.New(fault.Unavailable, "Files cannot be kept on this server.", nil)
		}
		sealed := s.box.Seal(f.content, seal.Associated{Session: s.stored.Session.ID, N: f.number, Purpose: "file"})
		if _, err := s.r.files.Put(s.ctx, fileKey(s.stored.Session.ID, f.number), strings.NewReader(string(sealed))); err != nil {
			return fmt.Errorf("keep file %d: %w", f.number, err)
		}
	}
	s.files = nil
	return nil
}

// StoredFile reads a file of the session, one that this very step keeps
// included.
func (w *world) StoredFile(n int64) ([]byte, error) {
	s := w.s
	for _, f := range s.files {
		if f.number == n {
			return f.content, nil
		}
	}
	return s.r.openFile(s.ctx, s.box, s.stored.Session.ID, n)
}

// ReadFile opens a file of a session for somebody who can open the session.
func (r *Runner) ReadFile(ctx context.Context, id string, n int64, keys Keys) ([]byte, error) {
	stored, err := r.load(ctx, id)
	if err != nil {
		return nil, notYours()
	}
	key, err := r.unlock(ctx, stored, keys.asker())
	if err != nil {
		return nil, err
	}
	content, err := r.openFile(ctx, key.Box(id), id, n)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "There is no such file.", err)
	}
	return content, err
}

// openFile reads a file of a session; the error wraps fs.ErrNotExist if there
// is none.
func (r *Runner) openFile(ctx context.Context, box *seal.Box, id string, n int64) ([]byte, error) {
	if r.files == nil {
		return nil, fmt.Errorf("read file %d: %w", n, fs.ErrNotExist)
	}
	f, err := r.files.Open(ctx, fileKey(id, n))
	if errors.Is(err, ports.ErrNotFound) {
		return nil, fmt.Errorf("read file %d: %w", n, fs.ErrNotExist)
	}
	if err != nil {
		return nil, fmt.Errorf("read file %d: %w", n, err)
	}
	defer f.Close()
	sealed, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read file %d: %w", n, err)
	}
	return box.Open(sealed, seal.Associated{Session: id, N: n, Purpose: "file"})
}
