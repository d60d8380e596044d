package accounts

import (
	"cmp"
	"context"
	"fmt"
	"html"
	"strings"
	"time"

	"colloquy/engine/language"
	"colloquy/engine/ports"
)

// A letter is a mail about an account. Subject and paragraphs are phrases, as
// the catalogue of words has them; with fills the places in them.
type letter struct {
	addressee
	subject, text, link string
	with                []string
	occasion            string // tells letters apart; the same occasion is mailed once
}

// An addressee is who gets a letter, in which language.
type addressee struct{ email, language string }

// to addresses a letter to the owner of an account: in the language of the
// account, else of the pages that he sees, else of the server.
func (k *Keeper) to(a *Account, from Caller) addressee {
	return addressee{a.Email, cmp.Or(a.Language, from.Language, k.Config.Language)}
}

// mail is a letter as it is sent. The link stands alone on its line.
func (k *Keeper) mail(l letter) ports.Mail {
	word, with := language.Speaker{Lang: l.language, Words: k.Words}.Word, append([]string{"app", k.Config.AppName}, l.with...)
	var paragraphs []string
	for _, p := range strings.Split(l.text, "\n\n") {
		paragraphs = append(paragraphs, fill(word(p), with))
	}
	text := strings.Join(paragraphs, "\n\n")
	if l.link != "" {
		text += "\n\n" + l.link
	}
	return ports.Mail{To: []string{l.email}, Subject: k.Config.AppName + " - " + fill(word(l.subject), with),
		Text: text + "\n\n-- \n" + k.Config.AppName + "\n", HTML: letterHTML(paragraphs, l.link, k.Config.AppName),
		Key: k.Ring.Tag("account mail", l.occasion, l.email), Headers: []ports.Header{{Name: "Auto-Submitted", Value: "auto-generated"}}}
}

// letterHTML is a letter for programs that show HTML.
func letterHTML(paragraphs []string, link, app string) string {
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString("<p>" + html.EscapeString(p) + "</p>\n")
	}
	if link != "" {
		u := html.EscapeString(link)
		b.WriteString(`<p><a href="` + u + `">` + u + "</a></p>\n")
	}
	b.WriteString("<p>-- <br>" + html.EscapeString(app) + "</p>\n")
	return b.String()
}

// post has a letter delivered.
func (k *Keeper) post(ctx context.Context, l letter) error {
	if !k.CanMail() {
		return ErrNoMail
	}
	if err := k.Post(ctx, k.mail(l)); err != nil {
		return fmt.Errorf("mail about an account: %w", err)
	}
	return nil
}

// postNow is post for those who wait until the mail server has taken it, if that
// can be waited for.
func (k *Keeper) postNow(ctx context.Context, l letter) error {
	if !k.CanMail() || k.Kept || k.Send == nil {
		return k.post(ctx, l)
	}
	if err := k.Send(ctx, k.mail(l)); err != nil {
		return fmt.Errorf("mail about an account: %w", err)
	}
	return nil
}

func (k *Keeper) letterConfirm(to addressee, link, occasion string) letter {
	return letter{addressee: to, subject: "Confirm your email", link: link, occasion: occasion,
		text: "Thank you for registering with {app}.\n\nPlease follow this link to confirm your e-mail address. It works for two days. " +
			"If it was not you who registered, you need not do anything."}
}

func (k *Keeper) letterAgain(to addressee, link, occasion string) letter {
	return letter{addressee: to, subject: "Registration attempt", link: link, occasion: occasion,
		text: "Somebody, perhaps you, tried to register with {app} with this e-mail address. It has an account already.\n\n" +
			"If it was you, sign in here; there you can also ask for a new password."}
}

func (k *Keeper) letterReset(to addressee, link, occasion string) letter {
	return letter{addressee: to, subject: "Reset password", link: link, occasion: occasion,
		text: "Somebody, perhaps you, asked for a new password for your account at {app}.\n\nFollow this link to choose one. " +
			"It works once, for two days. If it was not you, you need not do anything: your password stays as it is."}
}

func (k *Keeper) letterChanged(to addressee, occasion string) letter {
	return letter{addressee: to, subject: "Your password has been changed", occasion: occasion,
		text: "The password of your account at {app} has been changed.\n\nIf it was not you, ask for a new password on the sign-in page at once."}
}

func (k *Keeper) letterEmail(to addressee, link, occasion string) letter {
	return letter{addressee: to, subject: "Email Confirmation", link: link, occasion: occasion,
		text: "Please follow this link to use this e-mail address for your account at {app}. It works for two days."}
}

func (k *Keeper) letterEmailOld(to addressee, changed, occasion string) letter {
	return letter{addressee: to, subject: "Your email address is being changed", occasion: occasion, with: []string{"email", changed},
		text: "Somebody who is signed in to your account at {app} wants to change its e-mail address to {email}.\n\n" +
			"If it was not you, sign in and change your password at once."}
}

// letterMoved goes to the address that an account had until somebody else
// changed it.
func (k *Keeper) letterMoved(a *Account, changed string) letter {
	return letter{addressee: k.to(a, Caller{}), subject: "Your email address has been changed", with: []string{"email", changed},
		occasion: "moved " + a.UID + k.now().String(),
		text: "An administrator of {app} has changed the e-mail address of your account to {email}.\n\n" +
			"If you did not ask for that, please tell the administrator."}
}

func (k *Keeper) letterInvite(to, link, occasion string) letter {
	return letter{addressee: addressee{to, k.Config.Language}, subject: "Invitation", link: link, occasion: occasion,
		text: "You have been invited to join {app}.\n\nFollow this link to make your account."}
}

// letterIdle tells the owner of an account that nobody uses that it will be
// deleted.
func (k *Keeper) letterIdle(a *Account, link string, on time.Time) letter {
	return letter{addressee: k.to(a, Caller{}), subject: "Your account will be deleted", link: link, with: []string{"date", on.Format(time.DateOnly)},
		occasion: "idle " + a.UID + on.Format(time.DateOnly),
		text: "You have not used your account at {app} for a long time. It will be deleted on {date}, with all your interviews and answers.\n\n" +
			"If you want to keep it, sign in before that day."}
}

const (
	factorOn  = "Signing in with a code of an app, too, has been switched on for your account at {app}."
	factorOff = "Signing in with a code of an app, too, has been switched off for your account at {app}."
)

func (k *Keeper) letterFactor(a *Account, what, occasion string) letter {
	return letter{addressee: k.to(a, Caller{}), subject: "Your second factor has been changed", occasion: occasion,
		text: what + "\n\nIf it was not you, change your password at once."}
}
