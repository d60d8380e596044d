package evaluation

// A Person is an account, as author functions see it.
type Person struct {
	ID         int64
	Email      string
	Kind       string // how its owner signs in: "local"
	Active     bool
	Privileges []string
	// Profile holds what the owner says of himself, by docassemble's names:
	// first_name, last_name, country, subdivisionfirst, subdivisionsecond,
	// subdivisionthird, organization, timezone, language.
	Profile map[string]string
}

// A PersonChange is what set_user_info() changes; nil leaves a thing as it is.
type PersonChange struct {
	Profile    map[string]string
	Active     *bool
	Privileges *[]string
	Password   *string
	Old        string // the password so far; with it the person's answers stay readable
}

// People are the accounts of the server, as far as whoever caused the
// evaluation may see and change them (docassemble's functions for the
// administration of users). Errors that are the author's or the visitor's have
// the kinds of package fault and a sentence for them.
type People interface {
	// Find returns an account by its number, by its address, or the visitor's
	// own for neither; nil if there is none.
	Find(id int64, email string) (*Person, error)
	// List returns accounts after a number, and the number to go on after; 0 at
	// the end.
	List(after int64, inactive bool) (list []Person, next int64, err error)
	// Create makes an account and returns its number.
	Create(email, password string, privileges []string, profile map[string]string) (int64, error)
	// Set changes an account.
	Set(id int64, email string, c PersonChange) error
	// Invite invites somebody and returns the address where he registers.
	Invite(email, privilege string, send bool) (url string, err error)
	// Secret gives whoever has a password what opens the account's sessions; ""
	// if that is not the password, or it does not do.
	Secret(email, password string) (string, error)

	// Privileges lists the privileges there are; AddPrivilege and DropPrivilege
	// change that list; Permissions lists what one allows.
	Privileges() ([]string, error)
	AddPrivilege(name string) error
	DropPrivilege(name string) error
	Permissions(name string) ([]string, error)
}
