package accounts

import (
	"html"
	"strings"
)

// letterHTML is a letter for programs that show HTML.
func letterHTML(l letter, app string) string {
	var b strings.Builder
	for _, p := range strings.Split(l.text, "\n\n") {
		b.WriteString("<p>" + html.EscapeString(p) + "</p>\n")
	}
	if l.link != "" {
		u := html.EscapeString(l.link)
		b.WriteString(`<p><a href="` + u + `">` + u + "</a></p>\n")
	}
	b.WriteString("<p>-- <br>" + html.EscapeString(app) + "</p>\n")
	return b.String()
}

func (k *Keeper) letterConfirm(to, link, occasion string) letter {
	return letter{to: to, subject: "Confirm your email", link: link, occasion: occasion,
		text: "Thank you for registering with " + k.Config.AppName + ".\n\nPlease follow this link to confirm your e-mail address. It works for two days. " +
			"If it was not you who registered, you need not do anything."}
}

func (k *Keeper) letterAgain(to, link, occasion string) letter {
	return letter{to: to, subject: "Registration attempt", link: link, occasion: occasion,
		text: "Somebody, perhaps you, tried to register with " + k.Config.AppName + " with this e-mail address. It has an account already.\n\n" +
			"If it was you, sign in here; there you can also ask for a new password."}
}

func (k *Keeper) letterReset(to, link, occasion string) letter {
	return letter{to: to, subject: "Reset password", link: link, occasion: occasion,
		text: "Somebody, perhaps you, asked for a new password for your account at " + k.Config.AppName + ".\n\nFollow this link to choose one. " +
			"It works once, for two days. If it was not you, you need not do anything: your password stays as it is."}
}

func (k *Keeper) letterChanged(to, occasion string) letter {
	return letter{to: to, subject: "Your password has been changed", occasion: occasion,
		text: "The password of your account at " + k.Config.AppName + " has been changed.\n\nIf it was not you, ask for a new password on the sign-in page at once."}
}

func (k *Keeper) letterEmail(to, link, occasion string) letter {
	return letter{to: to, subject: "Email Confirmation", link: link, occasion: occasion,
		text: "Please follow this link to use this e-mail address for your account at " + k.Config.AppName + ". It works for two days."}
}

func (k *Keeper) letterEmailOld(to, changed, occasion string) letter {
	return letter{to: to, subject: "Your email address is being changed", occasion: occasion,
		text: "Somebody who is signed in to your account at " + k.Config.AppName + " wants to change its e-mail address to " + changed + ".\n\n" +
			"If it was not you, sign in and change your password at once."}
}

func (k *Keeper) letterInvite(to, link, occasion string) letter {
	return letter{to: to, subject: "Invitation", link: link, occasion: occasion,
		text: "You have been invited to join " + k.Config.AppName + ".\n\nFollow this link to make your account."}
}

func (k *Keeper) letterFactor(to, what, occasion string) letter {
	return letter{to: to, subject: "Your second factor has been changed", occasion: occasion,
		text: "Signing in with a code of an app, too, has been " + what + " for your account at " + k.Config.AppName + ".\n\nIf it was not you, change your password at once."}
}
