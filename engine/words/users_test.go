package words_test

import (
	"testing"

	"colloquy/engine/evaluation"
)

func TestUsers(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"user_logged_in()", "False"}, {"user_privileges()", "['user']"}, {"user_has_privilege('user', 'admin')", "True"},
		{"user_has_privilege(['admin'])", "False"}, {"str(user_info())", "'Anonymous User'"}, {"user_info().email", "None"},
		{"user_info().privileges", "['user']"}, {"user_info().filename", "'docassemble.demo:data/questions/a.yml'"},
	})
	s.visitor = evaluation.Visitor{UserID: 5, FirstName: "Ann", LastName: "Ox", Email: "a@x.org", Privileges: []string{"developer"},
		Attributes: map[string]string{"country": "IT"}}
	s.table([][2]string{
		{"user_logged_in()", "True"}, {"user_privileges()", "['developer']"}, {"user_has_privilege('admin', ['developer'])", "True"},
		{"user_info().name()", "'Ann Ox'"}, {"user_info().id", "5"}, {"user_info().country", "'IT'"}, {"user_info().organization", "None"},
	})
	s.visitor.FirstName, s.visitor.LastName = "", ""
	s.table([][2]string{{"str(user_info())", "'Unnamed User'"}})
}

func TestContext(t *testing.T) {
	s := open(t)
	s.place.Sought, s.place.ID, s.place.Section = "fruit", "ask fruit", "garden"
	s.request.URL, s.request.Args = "/interview?i=a&q=1", map[string]string{"i": "a", "q": "1"}
	s.table([][2]string{
		{"current_context().variable", "'fruit'"}, {"current_context().question_id", "'ask fruit'"}, {"current_context().session", "'s1'"},
		{"current_context().package", "'docassemble.demo'"}, {"current_context().inside_of", "'standard'"}, {"current_context().current_section", "'garden'"},
		{"current_context().attachment", "None"}, {"current_context().request_url['path']", "'/interview'"},
		{"current_context().request_url['args']", "{'i': 'a', 'q': '1'}"}, {"current_context().request_url['url']", "'http://localhost/interview?i=a&q=1'"},
		{"interface()", "'web'"}, {"get_info('role')", "None"}, {"set_info(role='clerk', user=5)\n[get_info('role'), get_info('user')]", "['clerk', 5]"},
		{"get_config('timezone')", "'America/New_York'"}, {"get_config('nothing')", "None"}, {"get_config('nothing', 'x')", "'x'"},
		{"any(server_capabilities().values())", "False"},
	})
	s.config["list"] = map[string]any{"b": []any{1, "x"}, "a": nil}
	s.table([][2]string{{"get_config('list')", "{'a': None, 'b': [1, 'x']}"}})
}

func TestSettings(t *testing.T) {
	s := open(t)
	s.visitor.BrowserLanguages = []string{"fr-CA", "es"}
	s.table([][2]string{
		{"get_language()", "'en'"}, {"get_dialect()", "None"}, {"set_language('es', dialect='mx', voice='Ana')\n[get_language(), get_dialect(), get_voice()]", "['es', 'mx', 'Ana']"},
		{"comma_and_list('a', 'b')", "'a y b'"}, {"set_language('fr')\n[get_language(), get_dialect()]", "['fr', None]"},
		{"language_from_browser()", "'fr'"}, {"language_from_browser('es', 'en')", "'es'"}, {"language_from_browser('de')", "None"},
		{"set_language('en')\nlanguage_name('de')", "'German'"}, {"language_name('qqq')", "'qqq'"},
	})
}

func TestDevice(t *testing.T) {
	s := open(t)
	s.visitor.IP = "1.2.3.4"
	s.table([][2]string{{"device()", "None"}, {"device(ip=True)", "'1.2.3.4'"}})
	for _, tt := range []struct{ agent, text, kinds string }{
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/115.0 Safari/537.36", "PC / Windows 10 / Chrome 115.0", "[False, False, True, False, False]"},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Mobile/15E148 Safari/604.1", "iPhone / iOS 16.5 / Mobile Safari 16.5", "[True, False, False, False, True]"},
		{"Mozilla/5.0 (iPad; CPU OS 15_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.1 Mobile/15E148 Safari/604.1", "iPad / iOS 15.1 / Mobile Safari 15.1", "[False, True, False, False, True]"},
		{"Mozilla/5.0 (Linux; Android 13; SM-S908B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Mobile Safari/537.36", "SM-S908B / Android 13 / Chrome Mobile 112.0.0.0", "[True, False, False, False, True]"},
		{"Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0", "PC / Linux / Firefox 115.0", "[False, False, True, False, False]"},
		{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.1 Safari/605.1.15", "PC / Mac OS X 10.15.7 / Safari 16.1", "[False, False, True, False, False]"},
		{"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Spider / Other / Other", "[False, False, False, True, False]"},
	} {
		s.visitor.UserAgent = tt.agent
		s.table([][2]string{
			{"str(device())", "'" + tt.text + "'"},
			{"[device().is_mobile, device().is_tablet, device().is_pc, device().is_bot, device().is_touch_capable]", tt.kinds},
		})
	}
}

func TestTags(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"session_tags().add('b')\nsession_tags().add('a')\nsession_tags().add('a')\nlist(session_tags())", "['a', 'b']"},
		{"'a' in session_tags()", "True"}, {"len(session_tags())", "2"}, {"session_tags().discard('z')\nsession_tags().remove('a')\nlist(session_tags())", "['b']"},
		{"session_tags().update(['c', 'd'])\nsession_tags().difference_update(['c'])\nsorted(session_tags() | {'x'})", "['b', 'd', 'x']"},
		{"tags = session_tags()\ntags -= {'d'}\ntags |= {'e'}\nsession_tags().isdisjoint(['b'])\nsorted(session_tags() ^ {'b', 'f'})", "['e', 'f']"},
		{"{'b', 'e', 'g'} - session_tags()", "{'g'}"}, {"session_tags() >= {'b'}", "True"}, {"session_tags().intersection_update(['b'])\nlist(session_tags())", "['b']"},
		{"session_tags() == 5", "False"}, {"session_tags().remove('z')", "KeyError: 'z'"}, {"session_tags() == {'b'}", "True"}, {"session_tags().clear()\nlen(session_tags())", "0"},
	})
}

func TestScreens(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"get_progress()", "0"}, {"set_progress(33.5)\nget_progress()", "33.5"}, {"set_progress(200)\nget_progress()", "100"},
		{"set_progress(None)\nget_progress()", "None"},
		{"set_parts(title='T', tab='t', exit_label='Out', date_format='yyyy')", "None"}, {"set_parts(moon='x')", "DAError: set_parts: there is no part of the screen called 'moon'"},
		{"set_status(a=1)\nget_status('a')", "1"}, {"get_status('b')", "None"},
		{"update_terms({'Fruit': 'Sweet.'})", "None"}, {"update_terms([{'phrases': ['a', 'b'], 'definition': 'D'}], auto=True, language='es')", "None"},
		{"update_terms(['x'])", "DAError: update_terms: terms organized as a list must be a list of dictionary items."},
		{"log('hello')", "None"}, {"log('seen', 'success')", "None"}, {"log('</script>', 'console')", "None"}, {"log('f()', 'javascript')", "None"},
	})
	if p := s.book.Parts; p["title"] != "T" || p["tab title"] != "t" || p["exit label"] != "Out" || p["date format"] != "yyyy" {
		t.Errorf("the parts are %v", p)
	}
	if s.book.Terms["*"]["fruit"] != "Sweet." || s.book.AutoTerms["es"]["b"] != "D" {
		t.Errorf("the terms are %v and %v", s.book.Terms, s.book.AutoTerms)
	}
	o := s.outcome
	if len(o.Logs) != 1 || o.Logs[0] != "hello" || len(o.Flashes) != 1 || o.Flashes[0] != (evaluation.Flash{Level: "success", HTML: "<p>seen</p>"}) ||
		len(o.Scripts) != 2 || o.Scripts[0] != `console.log("\u003c/script\u003e");` || o.Scripts[1] != "f()" {
		t.Errorf("the outcome is %+v", o)
	}
	s.must("set_parts(title=None)\n0")
	if _, ok := s.book.Parts["title"]; ok {
		t.Error("None does not take a part back")
	}
}

func TestTasks(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"task_performed('mow')", "False"}, {"task_not_yet_performed('mow')", "True"}, {"mark_task_as_performed('mow')", "1"},
		{"mark_task_as_performed('mow')", "2"}, {"times_task_performed('mow')", "2"}, {"task_performed('mow')", "True"},
		{"set_task_counter('mow', 7)\ntimes_task_performed('mow')", "7"},
		{"explain('a')\nexplain('b')\nexplain('a')\nlogic_explanation()", "['a', 'b']"}, {"logic_explanation('x')", "[]"},
		{"explain('c', category='x')\nlogic_explanation('x')", "['c']"}, {"clear_explanations()\nlogic_explanation()", "[]"}, {"logic_explanation('x')", "['c']"},
		{"clear_explanations('all')\nlogic_explanation('x')", "[]"},
	})
}
