package words

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/markup"
	"colloquy/engine/objects"
	"colloquy/engine/ports"
	"colloquy/engine/python"
)

// mailFunctions send messages. A mail is an effect that is delivered after the
// step is saved, once, unless the configuration wants it sent at once.
var mailFunctions = []function{
	{"send_email", sendEmail},
	{"email_delivery_status", emailDeliveryStatus},
	{"send_sms", sendSMS},
	absentFunction("send_fax", "faxes"),
	absentFunction("get_sms_session", "interviews by text message"),
	absentFunction("initiate_sms_session", "interviews by text message"),
	absentFunction("terminate_sms_session", "interviews by text message"),
}

// letter holds the arguments of send_email().
type letter struct {
	to, sender, replyTo, cc, bcc, body, html, subject, template python.Value
	task, persistent, attachments, variables, config            python.Value
	dry                                                         bool

	ev       evaluation.Evaluation
	box      ports.Mailbox
	taskName string
	counter  *counter // of the task; nil for none
	nowhere  bool     // no mail server is configured
}

// send_email(to, sender, reply_to, cc, bcc, body, html, subject, template, task,
// task_persistent, attachments, mailgun_variables, dry_run, config)
//
// True means that the mail will be sent, or with immediate delivery that the
// server took it; False that it cannot be, and the log says why.
func sendEmail(th *python.Thread, a *python.Args) (python.Value, error) {
	var l letter
	if err := a.Unpack("send_email", "to?", &l.to, "sender?", &l.sender, "reply_to?", &l.replyTo, "cc?", &l.cc, "bcc?", &l.bcc,
		"body?", &l.body, "html?", &l.html, "subject?", &l.subject, "template?", &l.template, "task?", &l.task,
		"task_persistent?", &l.persistent, "attachments?", &l.attachments, "mailgun_variables?", &l.variables,
		"dry_run?", &l.dry, "config?", &l.config); err != nil {
		return nil, err
	}
	ev, err := running(th, "send_email")
	if err != nil {
		return nil, err
	}
	l.ev = ev
	if !isNone(l.task) {
		if l.counter, err = counterOf(th, "send_email", l.task, l.persistent); err != nil {
			return nil, err
		}
		l.taskName = l.counter.task
	}
	m, err := l.mail(th)
	if refused, ok := errors.AsType[unsendable](err); ok {
		l.log(string(refused))
		return python.False, nil
	}
	if err != nil || l.dry {
		return python.False, err
	}
	return ev.Once(th, "send_email", func(key string) (python.Value, error) { return l.post(th, m, key) })
}

// unsendable is why a mail cannot be sent, without quoting it.
type unsendable string

func (u unsendable) Error() string { return string(u) }

// log tells the administrator.
func (l *letter) log(text string) {
	l.ev.Outcome().Logs = append(l.ev.Outcome().Logs, "send_email: "+text)
}

// post asks for the mail to be sent, or sends it. Its key depends on what it
// says: somebody who goes back and changes the address expects another mail.
func (l *letter) post(th *python.Thread, m ports.Mail, key string) (python.Value, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("write the mail: %w", err)
	}
	sum := sha256.Sum256(body)
	m.Key, m.Date = key+" "+hex.EncodeToString(sum[:8]), l.ev.Now()
	if l.box.Immediate {
		receipt, err := l.ev.Post().SendNow(th.Context(), m)
		if err != nil && len(receipt.Taken) == 0 {
			l.log(err.Error() + "; nothing was sent")
			return python.False, nil
		}
		return python.True, l.done(th, m, &receipt)
	}
	if body, err = json.Marshal(m); err != nil {
		return nil, fmt.Errorf("write the mail: %w", err)
	}
	if err := l.ev.Ask(ports.KindMail, m.Key, body); err != nil {
		return nil, err
	}
	return python.True, l.done(th, m, nil)
}

// done counts the task and notes the mail for email_delivery_status().
func (l *letter) done(th *python.Thread, m ports.Mail, receipt *ports.Receipt) error {
	note(l.ev, l.taskName, m, receipt)
	if l.counter == nil {
		return nil
	}
	n, err := l.counter.get(th)
	if err != nil {
		return err
	}
	return l.counter.set(n + 1)
}

// mail puts the mail together. The error is unsendable if that cannot be done
// with what is given, else one of the evaluation.
func (l *letter) mail(th *python.Thread) (m ports.Mail, err error) {
	l.mailbox(&m)
	for _, one := range []struct {
		name string
		who  python.Value
		to   *[]string
	}{{"to", l.to, &m.To}, {"cc", l.cc, &m.Cc}, {"bcc", l.bcc, &m.Bcc}} {
		if *one.to, err = mailboxes(th, one.name, one.who); err != nil {
			return m, err
		}
	}
	if len(m.To) == 0 {
		return m, unsendable("there is no recipient")
	}
	for _, one := range []struct {
		name string
		who  python.Value
		to   *string
	}{{"sender", l.sender, &m.From}, {"reply_to", l.replyTo, &m.ReplyTo}} {
		all, err := mailboxes(th, one.name, one.who)
		if err != nil {
			return m, err
		}
		if len(all) > 0 {
			*one.to = all[0]
		}
	}
	if m.From == "" && l.box.Sender == "" && !l.nowhere {
		return m, unsendable("there is no sender, and the mail configuration has no default sender")
	}
	if err := l.words(th, &m); err != nil {
		return m, err
	}
	if m.Attachments, err = l.files(th); err == nil && l.nowhere && !l.dry {
		err = unsendable("no mail server is configured (mail); nothing was sent") // only now: all that is needed was asked for
	}
	return m, err
}

// mailbox finds the mail configuration: the one that is named, else the one of
// the metadata, else the default one.
func (l *letter) mailbox(m *ports.Mail) {
	m.Config = stringOr(l.config, "")
	if v, ok := l.ev.Metadata().GetStr("email config"); ok && m.Config == "" {
		m.Config = stringOr(v, "")
	}
	var ok bool
	if l.box, ok = l.ev.Post().Mailbox(m.Config); !ok && m.Config != "" {
		l.log(fmt.Sprintf("there is no mail configuration called %q; the default one is used", m.Config))
		m.Config = ""
		l.box, ok = l.ev.Post().Mailbox("")
	}
	l.nowhere = !ok
	if !isNone(l.variables) {
		l.log("mailgun_variables are not used: mail leaves over SMTP here")
	}
}

// words writes subject, text and HTML: each that is given wins over the
// template, and without a template the body is both text and HTML.
func (l *letter) words(th *python.Thread, m *ports.Mail) error {
	var subject, body, html *python.Str
	if err := each(intoText(th, l.subject, &subject), intoText(th, l.body, &body), intoText(th, l.html, &html)); err != nil {
		return err
	}
	var content *python.Str
	if !isNone(l.template) {
		var err error
		if content, err = l.fromTemplate(th, &subject); err != nil {
			return err
		}
	}
	if subject != nil {
		m.Subject = ports.OneLine(subject.String())
	}
	switch {
	case html != nil:
		m.HTML = inHTML(html)
	case content != nil:
		page, err := l.ev.HTML(content, false)
		if err != nil {
			return err
		}
		m.HTML = inPage(page)
	case body != nil:
		m.HTML = inPage(paragraphs(body))
	}
	switch {
	case body != nil:
		m.Text = body.String()
	case content != nil:
		m.Text = strings.TrimSpace(plainText(content))
	case html != nil:
		m.Text = strings.TrimSpace(plainText(html))
	}
	m.HTML, m.Text = l.absolute(m.HTML, localAddress), l.absolute(m.Text, localPath)
	return nil
}

func inPage(html string) string { return "<html><body>" + html + "</body></html>" }

// markupTag is what shows that a text is HTML.
var markupTag = regexp.MustCompile(`<[a-zA-Z/!]`)

// paragraphs is a body as HTML: the author's HTML as it is, and lines kept
// apart where there is none.
func paragraphs(body *python.Str) string {
	page := inHTML(body)
	if markupTag.MatchString(page) {
		return page
	}
	return strings.ReplaceAll(strings.TrimRight(page, "\n"), "\n", "<br>\n")
}

// localAddress is an address of this server in HTML.
var localAddress = regexp.MustCompile(`( (?:src|href)=")/([^/"])`)

// localPath is an address of this server in plain text.
var localPath = regexp.MustCompile(`((?:^|[\s(<]))/((?:interview\?|(?:run|start|uploadedfile|packagestatic)/|(?:goto|launch)\?)[^\s)>])`)

// absolute gives addresses of this server their host: a mail is read elsewhere.
func (l *letter) absolute(page string, local *regexp.Regexp) string {
	root := l.ev.Request().Origin()
	if root == "" {
		return page
	}
	return local.ReplaceAllString(page, "${1}"+strings.ReplaceAll(root, "$", "$$")+"/${2}")
}

// fromTemplate reads the parts of a template; its subject counts if there is
// no other.
func (l *letter) fromTemplate(th *python.Thread, subject **python.Str) (*python.Str, error) {
	if *subject == nil || (*subject).String() == "" {
		v, err := th.GetAttr(l.template, "subject")
		if err != nil {
			return nil, err
		}
		if *subject, err = th.Str(v); err != nil {
			return nil, err
		}
	}
	v, err := th.GetAttr(l.template, "content")
	if err != nil {
		return nil, err
	}
	return th.Str(v)
}

// plainText is what a text says, its markup taken away.
func plainText(s *python.Str) string {
	t := markup.Text{S: s.String()}
	for _, sp := range s.Spans() {
		t.Outside = append(t.Outside, markup.Span{From: sp.From, To: sp.To})
	}
	return markup.ToText(t, markup.Options{})
}

// addresses reads recipients: text, objects with an e-mail address, and groups
// of these. What is missing of a person is sought.
func addresses(th *python.Thread, v python.Value) ([]string, error) {
	if isNone(v) || isEmpty(v) {
		return nil, nil
	}
	if _, isText := python.StringOf(v); !isText {
		if _, ok := v.Class().Lookup("email_address"); ok {
			s, err := th.CallMethod(v, "email_address")
			if err != nil {
				return nil, err
			}
			v = s
		} else if isGroup(v) || isIterable(v) {
			var all []string
			err := th.Each(v, func(v python.Value) error {
				some, err := addresses(th, v)
				all = append(all, some...)
				return err
			})
			return all, err
		}
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	address := strings.TrimSpace(s.String())
	if address == "" || nobody.MatchString(address) {
		return nil, nil
	}
	return []string{address}, nil
}

// nobody is a mailbox without an address: a person whose e-mail is empty.
var nobody = regexp.MustCompile(`<\s*(None)?\s*>$|^None$`)

// mailboxes is addresses for the parameter of this name, each one checked.
func mailboxes(th *python.Thread, param string, v python.Value) ([]string, error) {
	all, err := addresses(th, v)
	if err != nil {
		return nil, err
	}
	for i, text := range all {
		a, err := ports.ParseMailbox(text)
		if err != nil {
			return nil, unsendable("an address in " + param + " is malformed; nothing was sent")
		}
		if all[i] = a.Address; a.Name != "" {
			all[i] = inQuotes(a.Name) + " <" + a.Address + ">"
		}
	}
	return all, nil
}

// inQuotes is a name as a mailbox has it, readable.
func inQuotes(name string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
}

// files reads attachments.
func (l *letter) files(th *python.Thread) ([]ports.Attachment, error) {
	list, ok, err := attached(th, l.attachments)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, unsendable("an attachment is missing or is no file; nothing was sent")
	}
	taken := map[string]int{}
	for i, a := range list {
		n := taken[a.Name]
		taken[a.Name]++
		if n > 0 {
			ext := path.Ext(a.Name)
			list[i].Name = fmt.Sprintf("%s_%03d%s", strings.TrimSuffix(a.Name, ext), n, ext)
		}
	}
	return list, nil
}

// attached lists the files in a value.
func attached(th *python.Thread, v python.Value) ([]ports.Attachment, bool, error) {
	switch {
	case isNone(v):
		return nil, true, nil
	case derives(v, "DAFileCollection"):
		return fromCollection(th, v)
	case derives(v, "DAFile") || derives(v, "DAStaticFile"):
		return fromFile(th, v)
	}
	if s, ok := python.StringOf(v); ok {
		file, err := evaluation.CallLibrary(th, "DAStaticFile", []python.Value{python.NewStr("file")},
			python.Kwarg{Name: "filename", Value: python.NewStr(s)})
		if err != nil {
			return nil, false, err
		}
		return fromFile(th, file)
	}
	if !isGroup(v) && !isIterable(v) {
		return nil, false, nil
	}
	var list []ports.Attachment
	all := true
	err := th.Each(v, func(v python.Value) error {
		some, ok, err := attached(th, v)
		list, all = append(list, some...), all && ok
		return err
	})
	return list, all, err
}

// fromCollection takes the first document of an assembled attachment.
func fromCollection(th *python.Thread, v python.Value) ([]ports.Attachment, bool, error) {
	for _, kind := range []string{"pdf", "docx", "rtf", "tex", "raw", "html", "md"} {
		i, ok := v.(*python.Instance)
		if !ok {
			return nil, false, nil
		}
		if file, ok := i.Attrs.Get(kind); ok {
			return fromFile(th, file)
		}
	}
	return nil, false, nil
}

// fromFile reads the name, the type and the bytes of a file.
func fromFile(th *python.Thread, v python.Value) ([]ports.Attachment, bool, error) {
	name, err := th.GetAttr(v, "filename")
	if err != nil {
		return nil, false, err
	}
	mime, err := th.GetAttr(v, "mimetype")
	if err != nil {
		return nil, false, err
	}
	content, err := th.CallMethod(v, "slurp", python.False)
	if err != nil {
		if python.IsException(err, objects.DAError) || python.IsException(err, python.FileNotFoundError) {
			return nil, false, nil
		}
		return nil, false, err
	}
	data, err := bytesOf(th, content)
	if err != nil {
		return nil, false, err
	}
	file := stringOr(name, "file")
	if i := strings.LastIndexAny(file, "/:"); i >= 0 {
		file = file[i+1:]
	}
	return []ports.Attachment{{Name: file, Type: stringOr(mime, ""), Data: data}}, true, nil
}

// send_sms() cannot send: no carrier is configured in this version. It says so
// in the log and, as documented for a server without one, returns False.
func sendSMS(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "send_sms")
	if err != nil {
		return nil, err
	}
	ev.Outcome().Logs = append(ev.Outcome().Logs, "send_sms: no way to send text messages is configured; nothing was sent")
	return python.False, nil
}
