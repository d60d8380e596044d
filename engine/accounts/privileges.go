package accounts

import (
	"context"
	"maps"
	"slices"
	"strings"

	"colloquy/engine/config"
)

// The privileges that are built in.
const (
	User      = "user"
	Admin     = "admin"
	Developer = "developer"
	Advocate  = "advocate"
	Cron      = "cron"
	Customer  = "customer"
	Trainer   = "trainer"
)

var builtIn = []string{Admin, Advocate, Cron, Customer, Developer, Trainer, User}

// permissions are those that some of them have without being given any.
var permissions = map[string][]string{
	Developer: {"demo_interviews", "interview_data", "template_parse"},
	Advocate:  {"access_sessions", "access_user_info", "edit_sessions"},
}

// Permissions lists what privileges allow: all that there is to an
// administrator, settled things to developers and advocates, and what the
// configuration gives to the others.
func (k *Keeper) Permissions(privileges ...string) []string {
	all := map[string]bool{}
	for _, p := range privileges {
		if p == Admin {
			return config.PermissionNames()
		}
		for _, name := range slices.Concat(permissions[p], k.rules.Permissions[p]) {
			all[name] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// May reports whether somebody, nil for a visitor, has a permission.
func (k *Keeper) May(a *Account, permission string) bool {
	if a == nil {
		return slices.Contains(k.rules.Permissions["anonymous"], permission)
	}
	return slices.Contains(k.Permissions(a.Privileged()...), permission)
}

// MayListPrivileges reports whether somebody, nil for a visitor, may see which
// privileges there are and what they allow.
func (k *Keeper) MayListPrivileges(a *Account) bool {
	return a != nil && a.Has(Developer) || k.May(a, "access_privileges")
}

// BuiltIn reports whether a privilege is one that cannot be deleted.
func BuiltIn(name string) bool { return slices.Contains(builtIn, name) }

// Privileges lists all there are.
func (k *Keeper) Privileges(ctx context.Context) ([]string, error) {
	own, err := k.Store.Privileges(ctx)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(builtIn, own)
	slices.Sort(all)
	return slices.Compact(all), nil
}

// AddPrivilege adds one.
func (k *Keeper) AddPrivilege(ctx context.Context, name string) error {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > 50 || strings.ContainsAny(name, "<>\n,") {
		return mistake("name", "This cannot be the name of a privilege.")
	}
	if slices.Contains(builtIn, name) {
		return mistake("name", "There is such a privilege already.")
	}
	return k.Store.AddPrivilege(ctx, name)
}

// DropPrivilege takes one away, from whoever has it, too.
func (k *Keeper) DropPrivilege(ctx context.Context, name string) error {
	if slices.Contains(builtIn, name) {
		return mistake("name", "This privilege is built in.")
	}
	return k.Store.DropPrivilege(ctx, name)
}

// checkPrivileges refuses privileges that there are not, or that cannot be given.
func (k *Keeper) checkPrivileges(ctx context.Context, names []string) error {
	all, err := k.Privileges(ctx)
	if err != nil {
		return err
	}
	for _, n := range names {
		if n == Cron || !slices.Contains(all, n) {
			return &Mistake{Field: "privileges", Text: "There is no privilege {name} that could be given.", With: []string{"name", n}}
		}
	}
	return nil
}
