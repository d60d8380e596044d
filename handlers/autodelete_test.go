package handlers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"colloquy/engine/config"
)

// autoDelete has accounts of users deleted after thirty days.
func autoDelete(c *config.Config) {
	unconfirmed(c)
	c.Accounts.AutoDelete = config.AutoDelete{Enabled: true, Days: 30, Privileges: []string{"user"}}
}

// people are the addresses that have an account, in the order of their numbers.
func (h *house) people() string {
	h.t.Helper()
	var names []string
	for _, email := range column(h.t, h.db, "select email from accounts order by id") {
		name, _, _ := strings.Cut(email, "@")
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

func TestAccountsThatNobodyUsesAreDeleted(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, map[string]string{"diary.yml": diary}, set(autoDelete))
		check(t, h.keeper.AddPrivilege(t.Context(), "notary"))
		_, ana := h.establish("ana@example.com", "user")
		ana.begin("diary.yml").answer("Day", "rain").wants("The second day?")
		h.establish("boss@example.com", "admin")
		h.establish("clerk@example.com", "user", "notary")
		dora, _ := h.establish("dora@example.com", "user")
		_, eve := h.establish("eve@example.com", "user")
		eve.begin("diary.yml").answer("Day", "sun").wants("The second day?")
		const everybody = "ana boss clerk dora eve"
		begun := time.Now()
		after := func(days float64) time.Time { return begun.Add(time.Duration(days * 24 * float64(time.Hour))) }
		for _, step := range []struct {
			day    float64
			mails  int
			people string
			first  func()
		}{
			{22, 0, everybody, nil},
			{23.5, 3, everybody, nil},
			{24, 3, everybody, nil}, // once
			{30.1, 3, everybody, func() { // these two come back
				h.exec("update logins set seen_at = ? where account = ?", after(28).UTC(), dora.ID)
				h.exec("update sessions set active_at = ? where id = (select session from keys where kind = 'account' and holder = '5')", after(29).UTC())
			}},
			{30.6, 3, "boss clerk dora eve", nil}, // seven days after the mail
			{53.9, 5, "boss clerk dora eve", nil}, // told again
			{61, 5, "boss clerk", nil},
		} {
			if step.first != nil {
				step.first()
			}
			check(t, h.runner.DeleteIdleAccounts(t.Context(), after(step.day)))
			if got := h.people(); got != step.people {
				t.Errorf("day %v: %s, want %s", step.day, got, step.people)
			}
			if got := h.count("effects"); got != step.mails {
				t.Errorf("day %v: %d mails, want %d", step.day, got, step.mails)
			}
		}
		if h.count("sessions") != 0 || h.count("logins") != 2 {
			t.Errorf("left: %d sessions, %d logins", h.count("sessions"), h.count("logins"))
		}
	})
}

func TestWithoutMailNobodyIsToldBeforeAnAccountIsDeleted(t *testing.T) {
	h := open(t, nil, set(func(c *config.Config) { autoDelete(c); c.Mail = nil }))
	h.establish("ana@example.com", "user")
	for _, step := range []struct {
		day    int
		people string
	}{{29, "ana"}, {31, ""}} {
		check(t, h.runner.DeleteIdleAccounts(t.Context(), time.Now().Add(time.Duration(step.day)*24*time.Hour)))
		if got := h.people(); got != step.people {
			t.Errorf("day %d: %q, want %q", step.day, got, step.people)
		}
	}
}

func TestUserAutoDeleteInTheConfiguration(t *testing.T) {
	for _, tt := range []struct {
		text, wrong string
		want        config.AutoDelete
	}{
		{"{inactivity days: 90}", "", config.AutoDelete{Enabled: true, Days: 90, Privileges: []string{"user"}}},
		{"{inactive days: 30, privileges: [user, customer], delete shared: true}", "", config.AutoDelete{Enabled: true, Days: 30, Privileges: []string{"user", "customer"}, Shared: true}},
		{"{enable: false}", "", config.AutoDelete{Privileges: []string{"user"}}},
		{"{enable: true}", "inactivity days", config.AutoDelete{}},
	} {
		c, err := config.Parse(config.Source{Name: "config.yml", Text: []byte("user auto delete: " + tt.text + "\n")})
		if tt.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("%s: %v, want %s", tt.text, err, tt.wrong)
			}
			continue
		}
		check(t, err)
		if got := c.Accounts.AutoDelete; fmt.Sprint(got) != fmt.Sprint(tt.want) || !slices.Equal(got.Privileges, tt.want.Privileges) {
			t.Errorf("%s: %+v, want %+v", tt.text, got, tt.want)
		}
	}
}
