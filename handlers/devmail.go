package handlers

import (
	"crypto/subtle"
	"errors"
	"mime"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/fault"
	"colloquy/engine/run"
	"colloquy/views"
)

// drawerCookie lets a browser read the mail that is kept.
const drawerCookie = "colloquy_mail"

// drawerRoutes are the pages of a server for development that keeps its mail.
func (s *site) drawerRoutes(app fiber.Router) {
	if s.MailKey == "" {
		return
	}
	app.Get("/dev/mail", s.drawerOpen, s.mails)
	app.Get("/dev/mail/:key", s.drawerOpen, s.mail)
	app.Get("/dev/mail/:key/html", s.drawerOpen, s.mailHTML)
	app.Get("/dev/mail/:key/file/:number", s.drawerOpen, s.mailFile)
}

// drawerOpen lets those through who have the key, which the server prints at
// its start: mail may be private in development, too.
func (s *site) drawerOpen(c *fiber.Ctx) error {
	if key := c.Query("key"); key != "" && s.opensDrawer(key) {
		c.Cookie(&fiber.Cookie{Name: drawerCookie, Value: key, Path: s.Config.Path("/dev/mail"), HTTPOnly: true, SameSite: "Strict",
			Secure: s.Config.Secure()})
		return c.Redirect(s.Config.Path("/dev/mail"), fiber.StatusSeeOther)
	}
	if !s.opensDrawer(c.Cookies(drawerCookie)) {
		return fault.New(fault.NotFound, "The mail of this server is read at the address that it prints when it starts, with a key in it.", nil)
	}
	return c.Next()
}

func (s *site) opensDrawer(key string) bool {
	return subtle.ConstantTimeCompare([]byte(key), []byte(s.MailKey)) == 1
}

// mostMails bounds the list of kept mails.
const mostMails = 200

// mails lists the mails that are kept.
//
//	GET /dev/mail
func (s *site) mails(c *fiber.Ctx) error {
	list, err := s.Runner.Mails(c.UserContext(), "", "", mostMails)
	if err != nil {
		return err
	}
	page := &views.MailList{Frame: s.page(c, "", "Mail")}
	for _, e := range list {
		m, err := s.Runner.Mail(c.UserContext(), e.Key)
		if errors.Is(err, run.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		page.Mails = append(page.Mails, s.mailView(m))
	}
	return s.draw(c, nil, views.MailListPage(page))
}

// mailView is a mail as the pages show it.
func (s *site) mailView(m *run.StoredMail) views.Mail {
	v := views.Mail{URL: s.Config.Path("/dev/mail/") + m.Effect.Key, At: m.Effect.Created.Format(time.DateTime) + " UTC", State: m.Effect.State}
	if m.Mail == nil {
		return v
	}
	v.From, v.To, v.Cc, v.Bcc, v.ReplyTo = m.Mail.From, m.Mail.To, m.Mail.Cc, m.Mail.Bcc, m.Mail.ReplyTo
	v.Subject, v.Text, v.Config = m.Mail.Subject, m.Mail.Text, m.Mail.Config
	if m.Mail.HTML != "" {
		v.HTML = v.URL + "/html"
	}
	for i, a := range m.Mail.Attachments {
		v.Files = append(v.Files, views.MailFile{Name: a.Name, Kind: a.Type, Size: len(a.Data), URL: v.URL + "/file/" + strconv.Itoa(i+1)})
	}
	return v
}

// kept finds the mail that a page is about.
func (s *site) kept(c *fiber.Ctx) (*run.StoredMail, error) {
	m, err := s.Runner.Mail(c.UserContext(), c.Params("key"))
	if errors.Is(err, run.ErrNotFound) || err == nil && m.Mail == nil {
		return nil, fault.New(fault.NotFound, "There is no such mail any more.", err)
	}
	return m, err
}

// mail shows one mail.
//
//	GET /dev/mail/:key
func (s *site) mail(c *fiber.Ctx) error {
	m, err := s.kept(c)
	if err != nil {
		return err
	}
	v := s.mailView(m)
	title := v.Subject
	if title == "" {
		title = "Mail"
	}
	body := views.MailPage(&views.MailSheet{Frame: s.page(c, "", title), Mail: v, List: s.Config.Path("/dev/mail")})
	if err := s.draw(c, nil, body); err != nil {
		return err
	}
	policy := string(c.Response().Header.Peek("Content-Security-Policy"))
	c.Set("Content-Security-Policy", strings.Replace(policy, "frame-src ", "frame-src 'self' ", 1)) // for the mail's HTML
	return nil
}

// mailHTML is what a mail says in HTML, for a frame in which nothing runs.
//
//	GET /dev/mail/:key/html
func (s *site) mailHTML(c *fiber.Ctx) error {
	m, err := s.kept(c)
	if err != nil {
		return err
	}
	c.Set("Content-Security-Policy", "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "+
		"img-src 'self' data: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.SendString(m.Mail.HTML)
}

// mailFile sends an attachment to be saved.
//
//	GET /dev/mail/:key/file/:number
func (s *site) mailFile(c *fiber.Ctx) error {
	m, err := s.kept(c)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(c.Params("number"))
	if err != nil || n < 1 || n > len(m.Mail.Attachments) {
		return fault.New(fault.NotFound, "This mail has no such file.", err)
	}
	a := m.Mail.Attachments[n-1]
	c.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": a.Name}))
	return sendFile(c, "", "application/octet-stream", a.Data)
}
