package views

import "fmt"

// A MailList is the mails that a server for development keeps.
type MailList struct {
	Frame Frame
	Mails []Mail
}

// A MailSheet is one of them.
type MailSheet struct {
	Frame Frame
	Mail  Mail
	List  string // address of the list
}

// A Mail is a mail to be read. One whose content is gone has a State only.
type Mail struct {
	URL, At, State        string
	From, ReplyTo, Config string
	To, Cc, Bcc           []string
	Subject, Text         string
	HTML                  string // address of its HTML; "" if it has none
	Files                 []MailFile
}

// A MailFile is an attachment.
type MailFile struct {
	Name, Kind, URL string
	Size            int // bytes
}

// Says describes the file in few words.
func (f MailFile) Says() string {
	switch {
	case f.Size < 1000:
		return fmt.Sprintf("%d bytes", f.Size)
	case f.Size < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(f.Size)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(f.Size)/1_000_000)
}

// lines are the fields of the head that have something in them.
func (m Mail) lines() [][2]string {
	var all [][2]string
	add := func(name string, values ...string) {
		for _, v := range values {
			if v != "" {
				all = append(all, [2]string{name, v})
			}
		}
	}
	add("From", or(m.From, "the default sender"))
	add("To", m.To...)
	add("Cc", m.Cc...)
	add("Bcc", m.Bcc...)
	add("Reply-To", m.ReplyTo)
	add("Sent", m.At)
	add("Configuration", m.Config)
	return all
}
