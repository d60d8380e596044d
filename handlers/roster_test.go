package handlers_test

import (
	"fmt"
	"strings"
	"testing"

	"colloquy/engine/accounts"
)

// roster is an interview that tells, by task, what interview_list() gives.
const roster = `
metadata:
  title: Roster
---
mandatory: True
code: |
  task
  answer
  done
---
question: What is to be done?
fields:
  - Task: task
  - Of: of
    required: False
---
code: |
  def names(found):
    items, next_id = found
    return ', '.join(item['title'] for item in items) + ' ' + str(next_id is not None)
  errands = 'errands.yml'
  try:
    if task == 'plain':
      answer = str(interview_list() is None)
    elif task == 'mine':
      answer = names(interview_list())
    elif task == 'file':
      answer = names(interview_list(filename=errands))
    elif task == 'item':
      item = interview_list(filename=errands)[0][0]
      answer = ' '.join([item['dict']['thing'], str(item['encrypted']), str(item['valid']), item['metadata']['title'], item['email'],
        str(item['user_id']), ','.join(sorted(item['tags'])), str(item['utc_modtime'] >= item['utc_starttime']),
        str(item['utc_modtime'].tzinfo is not None), str(len(item['modtime'])), str(item['temp_user_id'])])
    elif task == 'no dict':
      answer = str('dict' in interview_list(filename=errands, include_dict=False)[0][0])
    elif task == 'pages':
      seen, next_id = [], None
      while True:
        items, next_id = interview_list(next_id=next_id, include_dict=False)
        seen.append(len(items))
        if next_id is None:
          break
      answer = str(seen)
    elif task == 'query':
      answer = names(interview_list(query=(DA.Sessions.filename.Like('%errands%')) & ~(DA.Sessions.session == of)))
    elif task == 'query in':
      answer = names(interview_list(query=DA.Or(DA.Sessions.session.In(of), DA.And(DA.User.email == 'x', DA.Sessions.user_id > 5))))
    elif task == 'query time':
      answer = names(interview_list(query=(DA.Sessions.modtime > current_datetime() - date_interval(hours=1)) & (DA.Sessions.encrypted == True))) + ' ' + names(interview_list(query=DA.Sessions.modtime < as_datetime('2020-01-01')))
    elif task == 'bad query':
      interview_list(query=(DA.Sessions.filename == 'a') and (DA.Sessions.filename == 'b'))
    elif task == 'bad column':
      interview_list(query=DA.Sessions.filname == 'a')
    elif task == 'text query':
      interview_list(query="True")
    elif task == 'all':
      answer = names(interview_list(user_id='all')) + ' ' + str(len(interview_list(user_id='all', exclude_invalid=False, include_dict=False)[0]))
    elif task == 'other':
      answer = str([item['valid'] for item in interview_list(user_id=2, exclude_invalid=False)[0]])
    elif task == 'other query':
      answer = str(len(interview_list(user_id='all', exclude_invalid=False, query=DA.User.email == 'ana@example.com')[0]))
    elif task == 'delete':
      answer = str(interview_list(action='delete', filename=errands, session=of))
    elif task == 'delete other':
      answer = str(interview_list(action='delete', user_id=2, session=of))
    elif task == 'delete self':
      interview_list(action='delete', session=current_context().session)
    elif task == 'delete nothing':
      interview_list(action='delete')
    elif task == 'delete shared':
      answer = str(interview_list(action='delete', session=of, delete_shared=True))
    elif task == 'delete all':
      answer = str(interview_list(action='delete_all'))
    elif task == 'bad action':
      interview_list(action='burn')
  except Exception as e:
    answer = type(e).__name__ + ' ' + str(e)
---
event: done
question: ${ answer }
`

func TestInterviewList(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, map[string]string{"roster.yml": roster, "errands.yml": errands, "diary.yml": diary}, withoutMail)
		_, _, err := h.keeper.Establish(t.Context(), accounts.Newcomer{Email: "admin@example.com", Password: word, Privileges: []string{accounts.Admin}})
		check(t, err)
		admin, user, visitor := h.visit(), h.visit(), h.visit()
		admin.signIn("admin@example.com", word)
		user.register(ana, word)
		user.begin("errands.yml").answer("Thing", "washing")
		user.begin("errands.yml").answer("Thing", "cooking")
		ids := column(t, h.db, "select id from sessions order by created_at")
		sessions := h.count("sessions")
		said := func(by *person, task, of string) string {
			pg := by.begin("roster.yml").wants("What is to be done?").answer("Task", task, "Of", of)
			return strings.NewReplacer("\u2018", "'", "\u2019", "'").Replace(strings.TrimSpace(pg.heading()))
		}
		const no = "RuntimeError the user does not have the permission to do this"
		for _, tt := range []struct {
			name     string
			by       *person
			task, of string
			want     string
		}{
			{"visitor", visitor, "plain", "", "True"},
			{"visitor", visitor, "delete all", "", "None"},
			{"user", user, "mine", "", "Errand: washing, Errand: cooking, Roster False"},
			{"user", user, "file", "", "Errand: washing, Errand: cooking False"},
			{"user", user, "item", "", "washing True True Errands ana@example.com 2 home,kind-washing True True 19 None"},
			{"user", user, "no dict", "", "False"},
			{"user", user, "query", ids[0], "Errand: cooking False"},
			{"user", user, "query in", ids[1], "Errand: cooking False"},
			{"user", user, "bad query", "", "DAError Conditions of a query are put together with &, | and ~ in parentheses, not with and, or, not"},
			{"user", user, "text query", "", "DAError A query is made of comparisons of columns such as DA.Sessions.filename, not of 'True'"},
			{"user", user, "all", "", no},
			{"user", user, "delete self", "", "DAError interview_list: the session that asks cannot delete itself; command('exit') does that"},
			{"user", user, "delete nothing", "", "DAError interview_list: the action 'delete' needs the session that is to be deleted; 'delete_all' deletes all"},
			{"user", user, "bad action", "", "DAError interview_list: the action is 'delete' or 'delete_all', not 'burn'"},
			{"admin", admin, "delete", ids[0], "0"}, // not in the administrator's list
			{"user", user, "delete", ids[0], "1"},
			{"user", user, "delete", ids[0], "0"},
			{"admin", admin, "delete other", ids[1], "1"},
		} {
			if got := said(tt.by, tt.task, tt.of); got != tt.want {
				t.Errorf("%s, %s: got %q, want %q", tt.name, tt.task, got, tt.want)
			}
		}
		if got := said(user, "bad column", ""); !strings.HasPrefix(got, "DAError DA.Sessions has no column 'filname'; there are modtime, filename, ") {
			t.Errorf("a column that there is not: %s", got)
		}
		if got := said(user, "query time", ""); !strings.HasPrefix(got, "Roster, Roster") || !strings.HasSuffix(got, " False False") {
			t.Errorf("by time: %s", got)
		}
		if got := said(admin, "other", ""); !strings.HasPrefix(got, "[False, False") {
			t.Errorf("an administrator opens the sessions of others: %s", got)
		}
		mine := h.counted("select count(*) from keys where kind = 'account' and holder = '2'")
		if got := said(admin, "other query", ""); got != fmt.Sprint(mine) {
			t.Errorf("sessions of ana: %s, want %d", got, mine)
		}
		total := h.count("sessions")
		if got := said(admin, "all", ""); !strings.HasSuffix(got, fmt.Sprintf(" False %d", total+1)) || strings.Contains(got, "Errand") || !strings.HasPrefix(got, "Roster, Roster") {
			t.Errorf("all sessions: %s, want %d", got, total+1)
		}
		if got := said(user, "delete all", ""); got != fmt.Sprint(mine) {
			t.Errorf("deleting all: %s, want %d", got, mine)
		}
		if got := h.counted("select count(*) from keys where kind = 'account' and holder = '2'"); got != 1 {
			t.Errorf("%d sessions of ana are left", got)
		}
		if sessions == 0 {
			t.Error("there were none to begin with")
		}
	})
}

// counted is the number that a query gives.
func (h *house) counted(query string) (n int) {
	h.t.Helper()
	check(h.t, h.db.QueryRow(query).Scan(&n))
	return n
}
