package handlers_test

import (
	"strings"
	"testing"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
)

// office is an interview that does what a test writes into a field.
const office = `
mandatory: True
code: |
  task
  answer
  done
---
question: What is to be done?
fields:
  - Task: task
    input type: area
---
code: |
  try:
    if task == 'whoami':
      answer = str(user_info()) + ' ' + str(user_info().id) + ' ' + ','.join(user_info().permissions)
    elif task == 'list':
      people, more = get_user_list()
      answer = ', '.join(p['email'] + ':' + '/'.join(p['privileges']) for p in people) + ' ' + str(more)
    elif task == 'create':
      n = create_user('new@example.com', 'a new password', ['customer'], {'first_name': 'Nora', 'country': 'no'})
      p = get_user_info(user_id=n)
      answer = p['email'] + ' ' + p['first_name'] + ' ' + p['country'] + ' ' + p['privileges'][0] + ' ' + str(p['active']) + ' ' + p['account_type']
    elif task == 'create admin':
      answer = str(create_user('boss@example.com', 'a new password', ['admin']))
    elif task == 'own':
      set_user_info(first_name='Una', language='fr')
      answer = user_info().first_name + ' ' + get_user_info()['language']
    elif task == 'raise':
      set_user_info(privileges=['admin'])
      answer = 'raised'
    elif task == 'raise other':
      set_user_info(email='new@example.com', privileges=['developer'], active=False)
      p = get_user_info(email='NEW@example.com')
      answer = p['privileges'][0] + ' ' + str(p['active'])
    elif task == 'nobody':
      answer = str(get_user_info(email='nobody@example.com'))
    elif task == 'invite':
      answer = invite_user('guest@example.com', privilege='customer', send=False).split('?')[0].split('/', 3)[3]
    elif task == 'privileges':
      manage_privileges('add', 'clerk', 'notary')
      manage_privileges('remove', 'clerk')
      answer = ','.join(manage_privileges()) + ' ' + ','.join(manage_privileges('inspect', 'advocate'))
  except Exception as e:
    answer = type(e).__name__ + ' ' + str(e)
---
event: done
question: ${ answer }
`

func TestFunctionsOnAccounts(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"office.yml": office}, withoutMail, set(func(c *config.Config) {
			c.Accounts.Permissions = map[string][]string{"anonymous": {"template_parse"}}
		}))
		_, _, err := h.keeper.Establish(t.Context(), accounts.Newcomer{Email: "admin@example.com", Password: word, Privileges: []string{accounts.Admin}})
		check(t, err)
		admin, user, visitor := h.visit(), h.visit(), h.visit()
		admin.signIn("admin@example.com", word)
		user.register(ana, word)
		const no = "the user does not have the permission to do this"
		for _, tt := range []struct {
			name       string
			by         *person
			task, want string
		}{
			{"visitor", visitor, "whoami", "Anonymous User None template_parse"},
			{"user", user, "whoami", "Unnamed User 2"},
			{"visitor", visitor, "list", "DAError get_user_list(): " + no},
			{"user", user, "list", "DAError get_user_list(): " + no},
			{"admin", admin, "list", "admin@example.com:admin, ana@example.com:user None"},
			{"visitor", visitor, "create", "DAError create_user(): " + no},
			{"user", user, "create", "DAError create_user(): " + no},
			{"admin", admin, "create", "new@example.com Nora NO customer True local"},
			{"admin", admin, "create", "DAError create_user(): This Email is already in use. Please try another one"},
			{"user", user, "create admin", "DAError create_user(): " + no},
			{"visitor", visitor, "own", "DAError set_user_info(): " + no},
			{"user", user, "own", "Una fr"},
			{"user", user, "raise", "DAError set_user_info(): " + no},
			{"user", user, "raise other", "DAError set_user_info(): " + no},
			{"admin", admin, "raise other", "developer False"},
			{"user", user, "nobody", "DAError get_user_info(): " + no},
			{"admin", admin, "nobody", "None"},
			{"user", user, "invite", "DAError invite_user(): " + no},
			{"admin", admin, "invite", "user/register"},
			{"user", user, "privileges", "DAError manage_privileges(): " + no},
			{"admin", admin, "privileges", "admin,advocate,cron,customer,developer,notary,trainer,user access_sessions,access_user_info,edit_sessions"},
		} {
			pg := tt.by.begin("office.yml").wants("What is to be done?").answer("Task", tt.task)
			if got := pg.heading(); strings.TrimSpace(got) != tt.want {
				t.Errorf("%s, %s: got %q, want %q\n%s", tt.name, tt.task, got, tt.want, pg.trouble())
			}
		}
	})
}

// vault reads a session of somebody else with a secret that his password gives.
const vault = `
mandatory: True
code: |
  email
  answer
  done
---
question: Whose?
fields:
  - Email: email
  - Password: password
  - Session: sid
---
code: |
  key = get_user_secret(email, password)
  if key is None:
    answer = 'no secret'
  else:
    try:
      answer = get_session_variables('diary.yml', sid, secret=key)['first']
    except Exception as e:
      answer = str(e)
---
event: done
question: ${ answer }
`

func TestSecretOfAUser(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"diary.yml": diary, "vault.yml": vault}, withoutMail)
		ana, p := h.establish(ana, "user")
		p.begin("diary.yml").answer("Day", "rain").wants("The second day?")
		sid := column(t, h.db, "select id from sessions")[0]
		h.establish("eve@example.com", "user")
		reads := func(name, email, password, want string) {
			t.Helper()
			pg := h.visit().begin("vault.yml").answer("Email", email, "Password", password, "Session", sid)
			if got := pg.heading(); got != want {
				t.Errorf("%s: %q, want %q\n%s", name, got, want, pg.trouble())
			}
		}
		const notYours = "This interview session is not yours to open, or it no longer exists."
		reads("the owner", "ANA@example.com", word, "rain")
		reads("a wrong password", "ana@example.com", "wrong", "no secret")
		reads("nobody", "nobody@example.com", word, "no secret")
		reads("somebody else", "eve@example.com", word, notYours)
		check(t, h.store.Change(t.Context(), accounts.Change{Account: ana.ID, SetFactor: true, Factor: []byte("sealed")}))
		reads("a second factor", "ana@example.com", word, "no secret")
	})
}

// What is lent to a program signs no browser in.
func TestALentSecretIsNoLogin(t *testing.T) {
	h := open(t, nil, withoutMail)
	h.establish(ana, "user")
	secret := must(h.keeper.Lend(t.Context(), accounts.Attempt{Email: ana, Password: word}))(t)
	p := h.visit()
	p.extra = map[string]string{"Cookie": "colloquy_login=" + secret.Reveal()}
	p.signedIn("")
	if pg := p.get("/user/profile"); pg.url.Path != "/user/sign-in" {
		t.Errorf("it opens %s", pg.url)
	}
	check(t, h.keeper.Set(t.Context(), must(h.store.AccountByEmail(t.Context(), ana))(t), must(h.store.AccountByEmail(t.Context(), ana))(t),
		accounts.Edit{Password: &[]string{"a wholly new one"}[0], Old: word}))
	if v, err := h.keeper.Borrowed(t.Context(), secret); v != nil || err != nil {
		t.Errorf("it outlives the password: %v, %v", v, err)
	}
}
