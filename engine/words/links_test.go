package words_test

import (
	"testing"
	"time"
)

func TestLinks(t *testing.T) {
	s := open(t)
	s.must("q = 'a&b'\n0")
	s.table([][2]string{
		{"url_action('buy', fruit='fig', n=2)", "'/interview?action=buy(fruit,n)'"}, {"url_action('people[0].name')", "'/interview?action=people[0].name()'"},
		{"url_action('x.name')", "DAError: url_action: 'x.name' depends on x or an iterator; use the name it stands for"},
		{"url_action('x[0]')", "DAError: url_action: 'x[0]' depends on x or an iterator; use the name it stands for"},
		{"url_action('people[i].name')", "DAError: url_action: 'people[i].name' depends on x or an iterator; use the name it stands for"},
		{"url_action('f()')", "DAError: url_action: 'f()' is not the name of an action"},
		{"action_menu_item('Buy', 'buy', fruit='fig')", "{'label': 'Buy', 'url': '/interview?action=buy(fruit)'}"},
		{"action_menu_item('Buy', 'buy', _screen_size='small')['screen_size']", "'small'"},
		{"url_ask('fruit')", "'/interview?action=_da_force_ask(variables)'"}, {"url_ask([5])", "DAError: url_ask: invalid variable name or entry: no entry"},
		{"interview_url(fruit='fig')", "'/interview?action=()&fruit=fig'"}, {"interview_url(i='b.yml')", "'/interview?action=()&from_list=1'"},
		{"interview_url_action('buy', n=3, local=True)", "'/interview?action=buy(n)'"},
		{"interview_url_as_qr(width='5em')", "'[QR /interview?action=(), 5em]'"}, {"interview_url_action_as_qr('buy', alt_text='Buy')", "'[QR /interview?action=buy(), None, Buy]'"},
		{"url_of('a.png')", "'/packagestatic/a.png'"}, {"url_of('missing.png')", "DAError: url_of: find missing.png: file does not exist"},
		{"url_of('a.png', _external=True)", "'http://localhost/packagestatic/a.png'"}, {"url_of('help')", "'#help'"}, {"url_of('root')", "'http://localhost/'"},
		{"url_of('exit')", "'/exit?i=docassemble.demo%3Adata%2Fquestions%2Fa.yml&session=s1'"}, {"url_of('login', next=q)", "'/user/sign-in then a&b'"},
		{"url_of('leave', next='/a', b=1)", "'/leave?i=docassemble.demo%3Adata%2Fquestions%2Fa.yml&session=s1&b=1 then /a'"},
		{"url_of(DAStaticFile('f', filename='docassemble.demo:data/static/a.png'))", "'/packagestatic/docassemble.demo:data/static/a.png'"},
		{"url_of('temp_url', url='https://x.org/', expire=60)", "'/goto to https://x.org/'"}, {"url_of('temp_url', url='/list')", "'/goto to /list'"},
		{"url_of('temp_url')", "ValueError: url_of: temp_url needs the url of a web page, not ''"},
		{"url_of('temp_url', url='javascript:x')", "ValueError: url_of: temp_url needs the url of a web page, not 'javascript:x'"},
		{"url_of('temp_url', url='/', expire='soon')", "ValueError: Invalid number of seconds."}, {"url_of('temp_url', url='/', expire=0)", "ValueError: Invalid number of seconds."},
		{"url_of('temp_url', url='/', expires=1)", "TypeError: url_of: temp_url takes no keyword 'expires'"},
		{"url_of('resume_url')", "'/launch of '"}, {"url_of('resume_url', i='b.yml', url_args={'a': 1})", "'/launch of docassemble.demo:data/questions/b.yml'"},
		{"url_of('resume_url', url_args=5)", "TypeError: url_of: url_args must be a dictionary, not int"},
		{"url_of('login_url')", "RuntimeError: url_of() is not part of this version of Colloquy: links that log somebody in (login_url)"},
		{"url_of('run')", "'/run/demo/a/'"}, {"url_of('start', a='b c')", "'/start/demo/a/?a=b+c'"}, {"url_of('run', dispatch='tax')", "'/run/tax/'"},
		{"url_of('start', package='demo', directory='deep', filename='b.yml')", "'/start/demo/deep/b/'"},
		{"url_of('run', package='demo')", "DAError: url_of: run needs package and filename, or dispatch"},
		{"referring_url()", "None"}, {"referring_url(default='https://x.org')", "'https://x.org'"},
	})
	s.book.Referer, s.request.Referer = "https://first.org", "https://last.org"
	s.table([][2]string{{"referring_url()", "'https://first.org'"}, {"referring_url(current=True)", "'https://last.org'"}})
}

func TestLinkOptions(t *testing.T) {
	s := open(t)
	s.must("url_action('buy', _forget_prior=True)\n0")
	if l := s.links[0]; !l.Here || !l.ForgetPrior || l.Arguments["_forget_prior"] != nil {
		t.Errorf("url_action asks for %+v", l)
	}
	s.must("interview_url(i='data/questions/b.yml', session='q', new_session=True, style='short', temporary=2)\n0")
	if l := s.links[1]; l.Interview != "docassemble.demo:data/questions/b.yml" || l.Session != "q" || !l.NewSession || l.Style != "short" ||
		!l.Temporary || l.Expires != 2*time.Hour || l.Here || len(l.Args) != 0 {
		t.Errorf("interview_url asks for %+v", l)
	}
	s.must("interview_url_action('buy', once_temporary=True)\n0")
	if l := s.links[2]; !l.Once || l.Expires != 24*time.Hour || l.Action != "buy" {
		t.Errorf("interview_url_action asks for %+v", l)
	}
}

func TestURLOfOptions(t *testing.T) {
	s := open(t)
	s.must("url_of('temp_url', url='/a', expire=90, one_time=True, local=True)\n0")
	if l := s.links[0]; l.Address != "/a" || !l.Temporary || !l.Once || !l.Local || l.Expires != 90*time.Second {
		t.Errorf("temp_url asks for %+v", l)
	}
	s.must("url_of('resume_url', i='b.yml', session='q', url_args={'a': 1}, one_time=None)\n0")
	if l := s.links[1]; !l.Resume || l.Session != "q" || l.Once || l.Expires != time.Hour || len(l.Args) != 1 || l.Args[0].Value != "1" {
		t.Errorf("resume_url asks for %+v", l)
	}
}

func TestMarks(t *testing.T) {
	open(t).table([][2]string{
		{"qr_code('a')", "'[QR a]'"}, {"qr_code('a', '5em')", "'[QR a, 5em]'"}, {"qr_code('a', '5em', 'alt')", "'[QR a, 5em, alt]'"},
		{"qr_code('a', alt_text='alt')", "'[QR a, None, alt]'"},
		{"static_image('x.png')", "'[FILE docassemble.demo:data/static/x.png]'"}, {"static_image('docassemble.a:b/x.png', width='1in')", "'[FILE docassemble.a:b/x.png, 1in]'"},
		{"static_image('a,b')", "'ERROR: invalid image reference'"},
		{"action_button_html('/u')", `'<a href="/u" class="btn btn-sm btn-success btn-darevisit">Edit</a> '`},
		{"action_button_html('/u', icon='pencil', color='pink', size='md', label='Go', new_window=True, id_tag='q', block=True, classname='z')",
			`'<a target="_blank" href="/u" id="q" class="btn btn-block btn-dark btn-darevisit z"><i class="fa-solid fa-pencil"></i> Go</a> '`},
		{"action_button_html('/u', icon='fab-fa-windows', color='link', new_window=False)",
			`'<a target="_self" href="/u" class="btn btn-sm btn-link btn-darevisit"><i class="fa-brands fa-windows"></i> Edit</a> '`},
	})
}
