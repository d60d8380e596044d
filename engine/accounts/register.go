package accounts

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"colloquy/engine/seal"
)

// A Registration is what somebody typed to get an account.
type Registration struct {
	Email, Password string
	Profile         Profile
	Invite          string // code of an invitation, "" without one
	From            Caller
	// Links makes the address of a page of ours: to confirm, and to sign in.
	Links Links
}

// Links makes the addresses in mails.
type Links interface {
	// Link gives the address of a page: "confirm-email", "reset-password",
	// "register", "sign-in"; code is its secret part, "" for none. It returns
	// an error if the server does not know its own address.
	Link(page, code string) (string, error)
}

// maxText is the longest a text of a profile may be, in characters.
const maxText = 200

// CheckEmail says what is wrong with an address.
func (k *Keeper) CheckEmail(email string) error {
	email = strings.TrimSpace(email)
	if email == "" {
		return mistake("email", "Email is required")
	}
	a, err := mail.ParseAddress(email)
	_, domain, _ := strings.Cut(email, "@")
	if err != nil || a.Address != email || len(email) > 254 || domain == "" || strings.ContainsAny(email, "\r\n\t <>\"") {
		return mistake("email", "Invalid Email")
	}
	for _, suffix := range k.rules.Domains {
		if strings.HasSuffix(fold(email), strings.ToLower("@"+strings.TrimPrefix(suffix, "@"))) {
			return nil
		}
	}
	if len(k.rules.Domains) > 0 {
		return mistake("email", "E-mail addresses with this domain are not authorized to register for accounts on this system.")
	}
	return nil
}

// CheckProfile says what is wrong with a profile, and trims it.
func CheckProfile(p *Profile) error {
	for field, text := range p.fields() {
		*text = strings.TrimSpace(*text)
		switch {
		case utf8.RuneCountInString(*text) > maxText || !utf8.ValidString(*text):
			return mistake(field, "This is too long.")
		case strings.ContainsAny(*text, "<>"):
			return mistake(field, "Please leave out < and >.")
		}
	}
	if _, err := time.LoadLocation(p.Timezone); err != nil || p.Timezone == "Local" {
		return mistake("timezone", "This is not the name of a time zone, such as Europe/Paris.")
	}
	if n := len(p.Country); n != 0 && n != 2 {
		return mistake("country", "Please give the country as two letters, such as US.")
	}
	p.Country = strings.ToUpper(p.Country)
	return nil
}

// fields are the texts of a profile by the names of the configuration.
func (p *Profile) fields() map[string]*string {
	return map[string]*string{"first_name": &p.FirstName, "last_name": &p.LastName, "country": &p.Country, "subdivisionfirst": &p.SubdivisionFirst,
		"subdivisionsecond": &p.SubdivisionSecond, "subdivisionthird": &p.SubdivisionThird, "organization": &p.Organization, "timezone": &p.Timezone,
		"language": &p.Language}
}

// Named gives the texts of a profile by their names in the configuration.
func (p Profile) Named() map[string]string {
	all := map[string]string{}
	for name, text := range p.fields() {
		all[name] = *text
	}
	return all
}

// Field gives the text of a profile by its name in the configuration, or nil.
func (p *Profile) Field(name string) *string { return p.fields()[name] }

// taken is what somebody learns whose address has an account, where addresses
// are not confirmed by mail.
func taken() error {
	return mistake("email", "This Email is already in use. Please try another one.")
}

// Register makes an account. If addresses are confirmed it returns nil, nil and
// mails a link, whether the address has an account or not; else the login.
func (k *Keeper) Register(ctx context.Context, r Registration) (*Visit, seal.Secret, error) {
	none := seal.Secret{}
	r.Email = strings.TrimSpace(r.Email)
	privileges, invited, err := k.invited(ctx, r)
	if err != nil {
		return nil, none, err
	}
	if err := errors.Join(k.CheckEmail(r.Email), k.CheckPassword(r.Password, r.Email), CheckProfile(&r.Profile)); err != nil {
		return nil, none, firstMistake(err)
	}
	if err := k.admit(ctx, k.callerCounts("register", r.From, manyRegister)); err != nil {
		return nil, none, err
	}
	mails := k.rules.Confirm && !invited
	switch has, err := k.Store.AccountByEmail(ctx, fold(r.Email)); {
	case err == nil && mails:
		return nil, none, k.again(ctx, has, r)
	case err == nil:
		return nil, none, errors.Join(taken(), k.pretend(ctx, r.Password))
	case !errors.Is(err, ErrNotFound):
		return nil, none, err
	}
	a := &Account{Kind: Local, Email: r.Email, Active: true, Profile: r.Profile, Privileges: privileges}
	if invited {
		a.Confirmed = k.now()
	}
	key, code, err := k.add(ctx, a, r.Password, mails)
	switch {
	case errors.Is(err, ErrTaken):
		return nil, none, taken()
	case err != nil:
		return nil, none, err
	}
	if invited {
		if err := k.Store.TakeToken(ctx, tokenID(TokenInvite, r.Invite)); err != nil {
			return nil, none, errors.Join(ErrLink, k.Store.DeleteAccount(ctx, a.ID))
		}
	}
	if mails {
		return nil, none, k.mailConfirmation(ctx, a, code, r.From, r.Links)
	}
	return k.begin(ctx, a, key, k.stage(a), false)
}

func firstMistake(err error) error {
	var m *Mistake
	if errors.As(err, &m) {
		return m
	}
	return err
}

// How many times as often as a password can be tried, somebody can ask for mail
// or make accounts. Many people may share an address.
const (
	manyMails    = 5
	manyRegister = 50
)

// callerCounts count what one caller does, whatever the account.
func (k *Keeper) callerCounts(what string, from Caller, times int) []count {
	return []count{{k.Ring.Tag("strikes", what, network(from.Address)), k.rules.AttemptLimit * times}}
}

// invited reads an invitation: what privileges it gives, and whether it is for
// the address that is registered now.
func (k *Keeper) invited(ctx context.Context, r Registration) (privileges []string, invited bool, err error) {
	if r.Invite == "" {
		if !k.rules.Registration {
			return nil, false, mistake("", "Registration is invite only")
		}
		return []string{User}, false, nil
	}
	email, privilege, err := k.Invitation(ctx, r.Invite)
	if err != nil {
		return nil, false, err
	}
	if fold(email) != fold(r.Email) {
		return nil, false, mistake("email", "This invitation is for another e-mail address.")
	}
	return []string{privilege}, true, nil
}

// Invitation tells whom an invitation is for and which privilege it gives.
func (k *Keeper) Invitation(ctx context.Context, code string) (email, privilege string, err error) {
	t, err := k.token(ctx, TokenInvite, code)
	if errors.Is(err, ErrLink) {
		return "", "", mistake("", "Invalid invitation token")
	}
	if err != nil {
		return "", "", err
	}
	email, privilege, _ = strings.Cut(t.Detail, " ")
	return email, privilege, nil
}

// add stores a new account with a new key.
func (k *Keeper) add(ctx context.Context, a *Account, password string, confirm bool) (key seal.AccountKey, code string, err error) {
	if a.UID, err = seal.Name(k.Random, 16); err != nil {
		return key, "", fmt.Errorf("name an account: %w", err)
	}
	if key, err = seal.NewAccountKey(k.Random); err != nil {
		return key, "", fmt.Errorf("make an account's key: %w", err)
	}
	l, err := k.lock(ctx, key, a.UID, LockPassword, password)
	if err != nil {
		return key, "", err
	}
	var tokens []Token
	if confirm {
		var t Token
		if code, t, err = k.link(0, TokenConfirm, "", linkLife); err != nil {
			return key, "", err
		}
		tokens = []Token{t}
	}
	a.Created = k.now()
	a.ID, err = k.Store.AddAccount(ctx, a, []Lock{l}, tokens)
	return key, code, err
}

// again answers a registration for an address that has an account. One that was
// never confirmed begins anew: it holds nothing, and who asked first may not
// have been its owner.
func (k *Keeper) again(ctx context.Context, a *Account, r Registration) error {
	if !a.Confirmed.IsZero() || !a.SignedIn.IsZero() {
		if err := k.pretend(ctx, r.Password); err != nil {
			return err
		}
		link, err := r.Links.Link("sign-in", "")
		if err != nil {
			return err
		}
		return k.post(ctx, k.letterAgain(k.to(a, r.From), link, "again "+a.UID+k.now().Format(time.RFC3339)))
	}
	key, err := seal.NewAccountKey(k.Random)
	if err != nil {
		return err
	}
	l, err := k.lock(ctx, key, a.UID, LockPassword, r.Password)
	if err != nil {
		return err
	}
	code, t, err := k.link(a.ID, TokenConfirm, "", linkLife)
	if err != nil {
		return err
	}
	a.Email, a.Profile = r.Email, r.Profile
	if err := k.Store.Change(ctx, Change{Account: a.ID, Set: a, PutLocks: []Lock{l}, DropTokens: []string{TokenConfirm, TokenReset},
		PutTokens: []Token{t}}); err != nil {
		return err
	}
	return k.mailConfirmation(ctx, a, code, r.From, r.Links)
}

func (k *Keeper) mailConfirmation(ctx context.Context, a *Account, code string, from Caller, links Links) error {
	link, err := links.Link("confirm-email", code)
	if err != nil {
		return err
	}
	return k.post(ctx, k.letterConfirm(k.to(a, from), link, "confirm "+tokenID(TokenConfirm, code)))
}

// ResendConfirmation mails the link anew, if there is an account that waits for
// it; whoever asks does not learn that.
func (k *Keeper) ResendConfirmation(ctx context.Context, email string, from Caller, links Links) error {
	if err := k.admit(ctx, k.callerCounts("mail", from, manyMails)); err != nil {
		return err
	}
	a, err := k.Store.AccountByEmail(ctx, fold(email))
	if errors.Is(err, ErrNotFound) || err == nil && (!a.Confirmed.IsZero() || !a.Active) {
		return nil
	}
	if err != nil {
		return err
	}
	code, t, err := k.link(a.ID, TokenConfirm, "", linkLife)
	if err != nil {
		return err
	}
	if err := k.Store.AddToken(ctx, t); err != nil {
		return err
	}
	return k.mailConfirmation(ctx, a, code, from, links)
}

// Confirming tells whose address a link confirms.
func (k *Keeper) Confirming(ctx context.Context, code string) (email string, err error) {
	_, a, err := k.tokenAccount(ctx, TokenConfirm, code)
	if err != nil {
		return "", err
	}
	return a.Email, nil
}

// Confirm confirms an address for whoever has the link and the password: the
// one alone could be that of somebody who registered with an address of others.
func (k *Keeper) Confirm(ctx context.Context, code, password string, from Caller) (*Visit, seal.Secret, error) {
	none := seal.Secret{}
	_, a, err := k.tokenAccount(ctx, TokenConfirm, code)
	if err != nil {
		return nil, none, err
	}
	counts := k.counts("sign-in", from, a.Email, a.UID)
	if err := k.admit(ctx, counts); err != nil {
		return nil, none, err
	}
	key, ok, err := k.open(ctx, a, LockPassword, password)
	switch {
	case err != nil:
		return nil, none, err
	case !ok || !a.Active:
		return nil, none, mistake("password", "This is not the password that was chosen at the registration.")
	}
	if err := k.forgive(ctx, counts); err != nil {
		return nil, none, err
	}
	a.Confirmed = k.now()
	err = k.Store.Change(ctx, Change{Account: a.ID, Set: a, Take: tokenID(TokenConfirm, code), DropTokens: []string{TokenConfirm}})
	if errors.Is(err, ErrUsed) {
		return nil, none, ErrLink
	}
	if err != nil {
		return nil, none, err
	}
	return k.begin(ctx, a, key, k.stage(a), false)
}
