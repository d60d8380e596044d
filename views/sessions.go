package views

// A SessionsPage lists the interviews that somebody has begun.
type SessionsPage struct {
	Frame   Frame
	Heading string
	Said    string // what was done, "" for nothing
	Intro   string

	Search string // address that the search form asks; "" for no form
	Words  string // what is sought
	Tag    string
	Order  []Hidden // carried by the search
	All    Link     // leads back to the whole list; no URL: this is it

	Cards []SessionCard
	Empty string // said when there is none
	Begin Link   // offered then; no URL: nothing is
	Note  string // said below the list
	Links []Link // other pages of the list, and other orders
}

// A SessionCard is one interview that was begun.
type SessionCard struct {
	Title    string
	Subtitle string
	URL      string // where one goes on; "" where that cannot be
	Begun    Moment
	Changed  Moment
	Tags     []Link
	Why      string // why it cannot be opened, "" if it can
	Acts     []Link // what else can be done; the texts are followed by the title, for those who do not see the card
}

// A Moment is a time for people and for programs.
type Moment struct{ Text, ISO string }

// Speak says the page's phrases in the reader's language.
func (p *SessionsPage) Speak(word func(string) string) {
	speak(word, &p.Heading, &p.Said, &p.Intro, &p.All.Text, &p.Empty, &p.Begin.Text, &p.Note)
	speakLinks(word, p.Links)
	for i := range p.Cards {
		speak(word, &p.Cards[i].Why)
		speakLinks(word, p.Cards[i].Acts)
	}
}
