package words_test

import (
	"reflect"
	"testing"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

func TestMessage(t *testing.T) {
	s := open(t)
	m := s.signal("message('Bye', 'Go home', 'https://example.org', show_restart=False, reload=True, buttons=[{'Learn': 'exit', 'url': 'https://x.org'}])").(*evaluation.Message)
	if m.Question.String() != "Bye" || m.Subquestion.String() != "Go home" || m.URL != "https://example.org" || m.Reload != 10 ||
		m.ShowRestart == nil || *m.ShowRestart || m.ShowExit != nil || m.DeadEnd {
		t.Errorf("message gives %+v", m)
	}
	if len(m.Buttons) != 1 || m.Buttons[0].Label.String() != "Learn" || m.Buttons[0].Command != "exit" || m.Buttons[0].URL != "https://x.org" {
		t.Errorf("its buttons are %+v", m.Buttons)
	}
	if m := s.signal("message(dead_end=True)").(*evaluation.Message); m.Question != nil || !m.DeadEnd {
		t.Errorf("message() gives %+v", m)
	}
	s.table([][2]string{{"message('a', buttons=['b'])", "DAError: message: buttons must be a list of dictionaries"}, {"message(pear)", "wants pear"}})
}

func TestResponse(t *testing.T) {
	s := open(t)
	const text = "text/plain; charset=utf-8"
	for _, tt := range []struct {
		code string
		want evaluation.Respond
	}{
		{"response('hello')", evaluation.Respond{Status: 200, ContentType: text, Body: []byte("hello")}},
		{"response(response='ü', content_type='text/html', response_code=404)", evaluation.Respond{Status: 404, ContentType: "text/html", Body: []byte("ü")}},
		{"response(binaryresponse=b'\\x00\\xff')", evaluation.Respond{Status: 200, ContentType: text, Body: []byte{0, 255}}},
		{"response(url='https://example.org')", evaluation.Respond{Status: 200, ContentType: text, URL: "https://example.org"}},
		{"response(file='a.jpg')", evaluation.Respond{Status: 200, File: "a.jpg"}},
		{"response(null=True, sleep=2)", evaluation.Respond{Status: 200, ContentType: text, Null: true, Sleep: 2 * time.Second}},
		{"response()", evaluation.Respond{Status: 200, ContentType: text, Body: []byte("Empty Response")}},
		{"json_response({'b': [1, None], 'a': 'é'})", evaluation.Respond{Status: 200, ContentType: "application/json",
			Body: []byte("{\n  \"a\": \"\\u00e9\",\n  \"b\": [\n    1,\n    null\n  ]\n}\n")}},
		{"json_response([], response_code=201)", evaluation.Respond{Status: 201, ContentType: "application/json", Body: []byte("[]\n")}},
		{"fruit = 'fig'\nvariables_as_json()", evaluation.Respond{Status: 200, ContentType: "application/json", Body: []byte("{\n  \"fruit\": \"fig\"\n}\n")}},
		{"response(all_variables=True)", evaluation.Respond{Status: 200, ContentType: "application/json", Body: []byte("{\n  \"fruit\": \"fig\"\n}\n")}},
	} {
		if got := s.signal(tt.code).(*evaluation.Respond); !reflect.DeepEqual(*got, tt.want) {
			t.Errorf("%s gives %+v with %q, want %+v with %q", tt.code, got, got.Body, tt.want, tt.want.Body)
		}
	}
	s.table([][2]string{
		{"response('a', response_code=1)", "ValueError: response_code must be a number from 100 to 599"},
		{"json_response({'a': Individual})", "TypeError: Object of type type is not JSON serializable"},
		{"response(pear)", "wants pear"},
	})
}

func TestCommand(t *testing.T) {
	s := open(t)
	if c := s.signal("command()").(*evaluation.Command); c.Kind != "exit" || c.URL != "" || c.Sleep != 0 {
		t.Errorf("command() gives %+v", c)
	}
	if c := s.signal("command('leave', url='https://x.org')").(*evaluation.Command); c.Kind != "leave" || c.URL != "https://x.org" {
		t.Errorf("command('leave') gives %+v", c)
	}
	c := s.signal("command('wait', question_text='Wait')").(*evaluation.Command)
	if c.Sleep != 4*time.Second || c.Question.String() != "Wait" {
		t.Errorf("command('wait') gives %+v", c)
	}
	if c := s.signal("command('wait', sleep=0.5)").(*evaluation.Command); c.Sleep != time.Second/2 {
		t.Errorf("sleep is %v", c.Sleep)
	}
	s.table([][2]string{{"command('leaf')", "DAError: command: there is no command 'leaf'; there are restart, new_session, exit, leave, logout, " +
		"exit_logout, signin, register, interview_exit, refresh, continue, wait"}})
}

func TestBackgroundResponse(t *testing.T) {
	s := open(t)
	for _, tt := range []struct{ code, value, kind string }{
		{"background_response()", "{}", ""}, {"background_response(5)", "5", ""}, {"background_response('hi', 'flash')", "['hi', 'flash']", "flash"},
		{"background_response(a=1)", "{'a': 1}", ""}, {"background_response(1, a=2)", "{'pargs': [1], 'kwargs': {'a': 2}}", ""},
		{"background_response('refresh')", "'refresh'", "refresh"},
	} {
		b := s.signal(tt.code).(*evaluation.BackgroundRespond)
		if got, _ := s.th.Repr(b.Value); got.String() != tt.value || b.Kind != tt.kind {
			t.Errorf("%s gives %s of kind %q", tt.code, got, b.Kind)
		}
	}
	b := s.signal("background_response_action('done', n=5)").(*evaluation.BackgroundRespond)
	if b.Action != "done" || b.Arguments["n"] != python.Value(python.Int(5)) {
		t.Errorf("background_response_action gives %+v", b)
	}
}

func TestValidationError(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"validation_error('too old', field='age')", "DAValidationError: too old"},
		{`
try:
    validation_error('too old', field='age')
except DAValidationError as err:
    said = [str(err), err.field]
said`, "['too old', 'age']"},
		{`
try:
    validation_error('bad')
except DAValidationError as err:
    field = err.field
field`, "None"},
	})
}

func TestLackingFunctionsSayWhat(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"docx_concatenate('a')", "RuntimeError: docx_concatenate() is not part of this version of Colloquy: documents are not converted or put together on this server"},
		{"interview_list()", "None"}, {"set_live_help_status(availability='available')", "None"}, {"chat_partners_available()", "{'peer': 0, 'help': 0}"},
		{"send_sms(to='5', body='x')", "False"},
	})
	if len(s.outcome.Logs) != 1 {
		t.Errorf("the log says %v", s.outcome.Logs)
	}
}
