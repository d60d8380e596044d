package views

// A UserList is a page of the accounts there are.
type UserList struct {
	Frame    Frame
	Heading  string
	Said     string // what was done, "" for nothing
	Action   string // address of the page
	Query    string // what is looked for
	Users    []User
	Empty    string // said when there are none
	Earlier  string // address of the page before; "" at the first
	Later    string // address of the page after; "" at the last
	Links    []Link
	Sections []Section
}

// A User is one line of it.
type User struct {
	Name, Email string
	URL         string // where more is shown
	Privilege   string // the highest one
	Note        string // that the account is not active; "" if it is
}

// A Section is a titled list of names, such as privileges.
type Section struct {
	Heading, Text string
	Entries       []Entry
}

// An Entry is one name with what can be done about it.
type Entry struct {
	Name, Text string
	Links      []Link
}

// title is what a line is known by.
func (u User) title() string { return or(u.Name, u.Email) }

// Speak turns the page's own phrases into the language of a lookup.
func (l *UserList) Speak(word func(string) string) {
	speak(word, &l.Heading, &l.Said, &l.Empty)
	for i := range l.Users {
		speak(word, &l.Users[i].Note)
	}
	for i := range l.Sections {
		s := &l.Sections[i]
		speak(word, &s.Heading, &s.Text)
		for j := range s.Entries {
			speakLinks(word, s.Entries[j].Links)
		}
	}
	speakLinks(word, l.Links)
}
