package words

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/markup"
	"colloquy/engine/objects"
	"colloquy/engine/ports"
	"colloquy/engine/python"
)

// mailFunctions send messages. A mail is an effect that is delivered after the
// step is saved, once.
var mailFunctions = []function{
	{"send_email", sendEmail},
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
}

// send_email(to, sender, reply_to, cc, bcc, body, html, subject, template, task,
// task_persistent, attachments, mailgun_variables, dry_run, config)
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
	task := ""
	if !isNone(l.task) {
		if _, task, err = inSessionTask(th, "send_email", l.task, l.persistent); err != nil {
			return nil, err
		}
	}
	m, ok, err := l.mail(th, ev)
	if err != nil || !ok || l.dry {
		return python.False, err
	}
	return ev.Once(th, "send_email", func(key string) (python.Value, error) {
		m.Key = key
		body, err := json.Marshal(m)
		if err != nil {
			return nil, fmt.Errorf("write the mail: %w", err)
		}
		if err := ev.Ask(ports.KindMail, key, body); err != nil {
			return nil, err
		}
		if task != "" {
			ev.Book().Tasks[task]++
		}
		return python.True, nil
	})
}

// mail puts the mail together; false says that it cannot be sent.
func (l *letter) mail(th *python.Thread, ev evaluation.Evaluation) (m ports.Mail, ok bool, err error) {
	if m.To, err = addresses(th, l.to); err != nil || len(m.To) == 0 {
		return m, false, err
	}
	if m.Cc, err = addresses(th, l.cc); err != nil {
		return m, false, err
	}
	if m.Bcc, err = addresses(th, l.bcc); err != nil {
		return m, false, err
	}
	for _, one := range []struct {
		who python.Value
		to  *string
	}{{l.sender, &m.From}, {l.replyTo, &m.ReplyTo}} {
		all, err := addresses(th, one.who)
		if err != nil {
			return m, false, err
		}
		if len(all) > 0 {
			*one.to = all[0]
		}
	}
	m.Config = stringOr(l.config, "")
	if v, ok := ev.Metadata().GetStr("email config"); ok && m.Config == "" {
		m.Config = stringOr(v, "")
	}
	if err := l.words(th, ev, &m); err != nil {
		return m, false, err
	}
	m.Attachments, ok, err = l.files(th)
	if !ok && err == nil {
		ev.Outcome().Logs = append(ev.Outcome().Logs, "send_email: an attachment is no file that can be sent")
	}
	return m, ok, err
}

// words writes subject and body: what is given wins over the template.
func (l *letter) words(th *python.Thread, ev evaluation.Evaluation, m *ports.Mail) error {
	var subject, body, html *python.Str
	if err := each(intoText(th, l.subject, &subject), intoText(th, l.body, &body), intoText(th, l.html, &html)); err != nil {
		return err
	}
	if html != nil {
		m.HTML = inHTML(html)
	}
	if !isNone(l.template) {
		content, err := l.fromTemplate(th, &subject)
		if err != nil {
			return err
		}
		if html == nil && body == nil {
			page, err := ev.HTML(content, false)
			if err != nil {
				return err
			}
			m.HTML = "<html><body>" + page + "</body></html>"
			m.Text = strings.TrimSpace(plainText(content))
		}
	}
	if subject != nil {
		m.Subject = strings.Join(strings.FieldsFunc(subject.String(), func(r rune) bool { return r == '\n' || r == '\r' }), " ")
	}
	switch {
	case body != nil:
		m.Text = body.String()
		if m.HTML == "" && strings.Contains(body.String(), "</") {
			m.HTML = "<html><body>" + inHTML(body) + "</body></html>"
		}
	case m.Text == "" && html != nil:
		m.Text = strings.TrimSpace(plainText(html))
	}
	return nil
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
	address := strings.TrimSpace(strings.NewReplacer("\r", " ", "\n", " ").Replace(s.String()))
	if address == "" {
		return nil, nil
	}
	return []string{address}, nil
}

// files reads attachments. False says that one of them is nothing that can be
// sent.
func (l *letter) files(th *python.Thread) ([]ports.Attachment, bool, error) {
	list, ok, err := attached(th, l.attachments)
	if err != nil || !ok {
		return nil, false, err
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
	return list, true, nil
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
		if _, missing := python.MissingName(err); missing || !python.IsException(err, objects.DAError) {
			return nil, false, err
		}
		return nil, false, nil
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
