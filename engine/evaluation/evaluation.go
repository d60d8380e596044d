// Package evaluation is a running evaluation of an interview as the functions
// and objects that authors use see it: the answers, the bookkeeping beside
// them, who is asking, and the few things that only the engine can do.
//
// It declares; package solve implements the seeking, package run the outside.
// What it holds itself is what every implementer would write the same way:
// reading and writing variables by name, and the signals by which a function
// ends an evaluation.
package evaluation

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	"colloquy/engine/python"
)

// An Evaluation is one pass over an interview for one session. It belongs to
// one python.Thread and is, like it, not safe for concurrent use.
type Evaluation interface {
	// Answers are the interview's names: the answers themselves, with the
	// library behind them.
	Answers() *python.Namespace
	// Book is what the session remembers besides the answers.
	Book() *Book
	// Paths are the names of variables that the interview was seen to use.
	Paths() *Paths
	// Visitor is who caused the evaluation.
	Visitor() *Visitor
	// Request is what caused it.
	Request() *Request
	// Place is where the evaluation is now.
	Place() *Place
	// Outcome collects what the evaluation asks of the request that runs it.
	Outcome() *Outcome

	// Now is the time of the request, in UTC; it does not move during it.
	Now() time.Time
	// Random is the request's source of randomness, seeded from its input, so
	// that a replayed step draws the same numbers.
	Random() *rand.Rand
	// Config is a value of the configuration file that authors may read: a
	// bool, number, text or python.Value. Secrets are never among them: the
	// value is then an error that names the key.
	Config(key string) (any, bool)

	// Metadata are the merged metadata of the interview.
	Metadata() *python.Dict
	// Prior are the answers as they were before Back was pressed, or nil.
	Prior() *python.Namespace

	// Action is the action that the request asked for or that was taken up
	// from the visitor's stack, nil if there is none. Taken reports whether it
	// was processed already.
	Action() *Pending
	Taken() bool
	// Pendings reads the entries that force_ask and url_ask take: names, and
	// dictionaries that undefine, invalidate, recompute, set, follow up or name
	// an action with its arguments.
	Pendings(entries python.Value) ([]Pending, error)
	// ProcessAction carries out the pending action, or takes up the first of
	// the visitor's action stack (docassemble's process_action()). It returns
	// nil when there is nothing to do, else the signal or miss to raise.
	ProcessAction(th *python.Thread) error
	// Reconsider deletes and seeks name anew, at most once per evaluation.
	Reconsider(th *python.Thread, name string) error
	// Forget drops the record that the block with this id was completed.
	Forget(id string)

	// Link builds an address of this server; an action in it is signed.
	Link(l Link) (string, error)
	// File finds the public address of a static file of a package, of a
	// package-relative name or of a stored file.
	File(ref string) (url string, err error)
	// HTML renders text (Markdown and markup) as the page would show it.
	HTML(text *python.Str, trim bool) (string, error)

	// Sessions reaches other sessions.
	Sessions() Sessions
	// People are the accounts of the server.
	People() People
	// Post is how mail leaves.
	Post() Post

	// Keeping keeps values outside of the answers.
	Keeping() Keeping
	// KeyValue is what DARedis works on.
	KeyValue() KeyValue

	// Tasks starts background actions and asks after them.
	Tasks() Tasks

	// Text renders a part ("content", "subject") of the template block with
	// this key, with extra names over the answers.
	Text(th *python.Thread, block, part string, extra map[string]python.Value) (*python.Str, error)
	// Table gives the compiled columns and options of a table block.
	Table(block string) (*Table, error)

	// Once runs an act on the outside world unless the journal of this
	// activation already holds its result, which is then returned. The kind
	// tells acts at the same place of the code apart.
	Once(th *python.Thread, kind string, act func(key string) (python.Value, error)) (python.Value, error)
	// Ask queues an effect that is carried out after the step is saved.
	Ask(kind string, key string, body []byte) error
	// ReadData reads a file of the package's sources or templates folder.
	ReadData(kind, ref string) ([]byte, error)
	// StoredFile reads a file of the session by its number. The error wraps
	// fs.ErrNotExist if there is none.
	StoredFile(n int64) ([]byte, error)
	// MakeFile keeps a file of the session with the step, and numbers it.
	MakeFile(name string, content []byte) (int64, error)
}

// Of returns the evaluation that th runs for. It panics if the thread was made
// without one, which is a mistake in wiring.
func Of(th *python.Thread) Evaluation {
	return th.Local().(Evaluation)
}

// A Converter is an evaluation that can have documents made into another kind
// by a program outside; not every one can.
type Converter interface {
	// Convert is given and gives the content of a file; kinds are named by their
	// extension. The error is ErrNoConverter if there is no such program.
	Convert(ctx context.Context, from, to string, content []byte) ([]byte, error)
}

// ErrNoConverter is why a document is not made into another kind.
var ErrNoConverter = errors.New("no program that converts documents is installed")

// Visitor describes the person or program behind a request.
type Visitor struct {
	// Stack is the key of the visitor's own action stack in a session.
	Stack string
	// Device identifies the browser; it outlives sessions.
	Device string
	// UserID is the number of the account, 0 for a visitor without one.
	UserID int64
	// Key tells visitors apart in user_local: "12" for account 12, "t…" else.
	Key        string
	Email      string
	FirstName  string
	LastName   string
	Privileges []string
	// Permissions are what the privileges allow.
	Permissions []string
	Language    string // of the profile, "" if none
	Timezone    string // of the profile, "" if none
	IP          string
	UserAgent   string
	// BrowserLanguages are the Accept-Language tags, best first.
	BrowserLanguages []string
	// Attributes are further facts of the profile, such as "country".
	Attributes map[string]string
}

// LoggedIn reports whether the visitor has an account.
func (v *Visitor) LoggedIn() bool { return v.UserID != 0 }

// Request describes what asked for the evaluation.
type Request struct {
	// Interface is "web", "json", "api", "sms", "cron" or "worker".
	Interface string
	Method    string
	// Root is the address of the server, with a trailing slash; its path is
	// not / if the server shares its host with others.
	Root string
	// URL is the address asked for, without host; Args its query.
	URL     string
	Args    map[string]string
	Referer string
	// Session and Interview name what is being run.
	Session   string
	Interview string
	// Shape is the form of address by which the page was opened, so that links
	// keep it: "" for /interview?i=, else the path such as "/run/tax/".
	Shape string
	// Readonly says that nothing this request does will be kept; effects are
	// refused.
	Readonly bool
	// Task is the background action that is carried out, "" for none.
	Task string
	// CheckIn says that a page on the screen asks for the action by itself:
	// nothing waits on a stack afterwards, and a template with a target is
	// answered with its text.
	CheckIn bool
}

// ErrReadonly is why an evaluation of a readonly request ends that asks the
// outside world for something. It is no exception: author code cannot catch it.
var ErrReadonly = errors.New("it is not done for a request that leaves nothing behind")

// Place is where in the interview an evaluation is.
type Place struct {
	// Sought is the variable sought last.
	Sought string
	// Block is the id or name of the block being run, Package and File whence.
	Block    string
	ID       string
	Package  string
	File     string
	Language string // spoken in this evaluation; authors set it
	Dialect  string
	Voice    string
	// Locale is what set_locale() said, InForce what update_locale() then put in
	// force; empty for the server's.
	Locale, InForce string
	// Conventions are those of the locale that set_locale() replaced, by their
	// POSIX names.
	Conventions map[string]any
	Country     string
	Currency    string
	// Section is the section of the question being prepared.
	Section string
	// Inside is "standard", or the kind of document being assembled. Who lets
	// what he does depend on it asks Where.
	Inside string
	// Consulted says that Where was asked.
	Consulted bool
	// Unredacted says that redact() leaves the text of a document as it is.
	Unredacted bool
	// Attachment is the document being assembled, or nil.
	Attachment *Attachment
	// Document says that a text is written which is read apart from the page.
	Document bool
	// Facts are what set_info() keeps for this evaluation: user, role and more.
	Facts map[string]python.Value
	// Gathering notes, by intrinsic name, the groups being gathered and the
	// variable that was sought when it began.
	Gathering map[string]string
	// Probing is above zero while defined() walks a name: nothing is created.
	Probing int
	// Validating says that validation code or a validator runs.
	Validating bool
}

// An Attachment is a document being assembled, as current_context().attachment
// tells of it.
type Attachment struct {
	Name, Description              *python.Str
	Filename                       string
	UpdateReferences, PDFA, Tagged bool
}

// Where is what the text that is being rendered is for: "standard", "docx",
// "pdf", "pandoc rtf" and so on. A text that asks is rendered anew for every
// format of a document.
func (p *Place) Where() string {
	p.Consulted = true
	if p.Inside == "" {
		return "standard"
	}
	return p.Inside
}

// LocationFact is the name among Place.Facts under which it is said where the
// visitor's browser is: a dictionary with latitude and longitude, or with error.
const LocationFact = "location"

// Save says how a request's outcome is kept.
type Save int

// The ways to save, in docassemble's words for set_save_status().
const (
	SaveNormal    Save = iota // a new step if something changed
	SaveNew                   // a new step even if nothing changed
	SaveOverwrite             // into the current step
	SaveIgnore                // not at all
)

// Outcome is what an evaluation asks of the request besides its screen.
type Outcome struct {
	Save Save
	// Flashes are notices for the next screen.
	Flashes []Flash
	// Logs are lines for the server's log, written by log().
	Logs []string
	// PreventBack says that the step being made is the first to go back to.
	PreventBack bool
	// Effects were asked for, to be saved with the step.
	Effects []Effect
	// Scripts are lines that log(..., 'javascript') wants run in the page.
	Scripts []string
	// Orders are the lists that the screen offers to put in another order.
	Orders []string
	// OnError is what background_error_action() wants done should the
	// background action fail.
	OnError *Pending
	// Passing says that evaluating again shows another screen: what led to this
	// one has been undone.
	Passing bool
}

// Flash is a notice shown once, with a Bootstrap colour word as its level.
type Flash struct {
	Level string
	HTML  string // safe to stand in a page
}

// Effect is something asked of the outside world, delivered after saving.
type Effect struct {
	Key, Kind string
	Body      []byte
}

// Link describes an address that a function wants built.
type Link struct {
	// Interview and Session name the target; both empty means this session.
	Interview, Session string
	// Here keeps the link inside the current page (url_action); otherwise it
	// is made for use from outside (interview_url, interview_url_action).
	Here bool
	// Apart says that a link of the page will be read apart from it, in a
	// document: it names the server.
	Apart bool
	// Action and Arguments are set for links that act.
	Action      string
	Arguments   map[string]python.Value
	ForgetPrior bool
	// Args are further query arguments, in order.
	Args []Arg
	// NewSession and Reset are docassemble's parameters of these names.
	NewSession, Reset bool
	Local             bool
	// Style is "", "short" or "short_package".
	Style string
	// Expires is how long a signed or temporary link works, 0 for always.
	Expires time.Duration
	// Temporary asks for a /goto address, Once for one that works once.
	Temporary, Once bool
	// Single makes a link that acts work once.
	Single bool
	// Address is what a temporary link stands for, in place of an interview.
	Address string
	// Resume asks for a /launch address, which goes on with a session, or
	// begins one, and does not tell its name.
	Resume bool
	// Page is the address of a page of the server that sends people on to
	// Next, which may be elsewhere: the link then proves who says so.
	Page, Next string
}

// Arg is a query argument.
type Arg struct{ Name, Value string }

// Code is an expression that can be run.
type Code interface {
	Run(th *python.Thread, ns *python.Namespace) (python.Value, error)
}

// Words are a text that can be rendered.
type Words interface {
	Render(th *python.Thread, ns *python.Namespace) (*python.Str, error)
}

// Table is a table block ready to be shown, in the words of docassemble's
// "table" block. Nil members were not written.
type Table struct {
	Name            string
	Rows            Code
	Columns         []Column
	ShowIfEmpty     bool
	EmptyMessage    Words
	Indent          int // spaces
	RequireGathered bool
	ShowIncomplete  bool
	NotAvailable    Words
	SortKey         Code
	SortReverse     bool
	Filter          Code
	Editable        bool
	Edit            []string
	EditAll         bool
	EditHeader      Words
	DeleteButtons   bool
	Confirm         bool
	ReadOnly        string
	AllowReordering bool
	Width           int // characters
}

// Column is a column of a Table.
type Column struct {
	Header Words
	Cell   Code
}

// Origin is the scheme and host of the server, without a slash at the end.
func (r *Request) Origin() string {
	scheme, rest, ok := strings.Cut(r.Root, "://")
	if !ok {
		return strings.TrimSuffix(r.Root, "/")
	}
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}

// Path is the path of a page of the server ("/list") on its host.
func (r *Request) Path(page string) string {
	return strings.TrimSuffix(strings.TrimPrefix(r.Root, r.Origin()), "/") + page
}
