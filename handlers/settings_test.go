package handlers_test

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/outside/mail/mailtest"
)

// withConfig takes the configuration from a text.
func withConfig(text string, environ ...string) option {
	return func(p *plans) {
		c, err := config.Parse(config.Source{Name: "config.yml", Text: []byte(text), Environ: environ})
		if err != nil {
			panic(err)
		}
		p.config = c
	}
}

const settled = `
metadata:
  title: Tea
---
mandatory: True
question: |
  Tea in ${ clinic_name if defined('clinic_name') else 'town' } ${ get_config('mine', 'no')['a'] if get_config('mine') else '' }
subquestion: |
  a | b
  --|--
  1 | 2

  [home](${ url_of('root') }) [list](${ url_of('dispatch') }) [out](${ interview_url(i='test.house:other.yml') })
field: ok
`

// untitled has no title of its own.
const untitled = `
mandatory: True
question: Hello
field: ok
`

const dividing = `
metadata:
  title: Broken
---
mandatory: True
code: |
  1/0
`

// Each key of the configuration that a page can show is seen on a page.
func TestKeysThatPagesShow(t *testing.T) {
	for _, tt := range []struct {
		name, config, path string
		want, not          []string
	}{
		{"brandname", "brandname: Clinic", "/list", []string{"Clinic"}, nil},
		{"appname", "appname: Clinic", "/list", []string{"Clinic"}, nil},
		{"default title", "default title: Ours\ndefault short title: O", "/interview?i=test.house:untitled.yml", []string{">Ours<", ">O<", "<title>Ours</title>"}, nil},
		{"a title of its own", "default title: Ours", "/interview?i=test.house:tea.yml", []string{"<title>Tea</title>"}, []string{"Ours"}},
		{"bootstrap theme", "bootstrap theme: test.house:data/static/theme.css", "/list", []string{`href="/packagestatic/test.house/theme.css"`}, nil},
		{"global css", "global css: [https://cdn.example.org/a.css, test.house:data/static/b.css]", "/interview?i=test.house:tea.yml",
			[]string{`href="https://cdn.example.org/a.css"`, `href="/packagestatic/test.house/b.css"`}, nil},
		{"global javascript", "global javascript: test.house:data/static/a.js", "/list", []string{`src="/packagestatic/test.house/a.js"`}, nil},
		{"raw global css", "raw global css: '<style>.x{}</style>'", "/interview?i=test.house:tea.yml", []string{">.x{}</style>"}, nil},
		{"raw global javascript", "raw global javascript: '<script>x()</script>'", "/list", []string{`>x()</script>`, `<script nonce="`}, nil},
		{"inverse navbar", "inverse navbar: true", "/list", []string{"bar-inverse"}, nil},
		{"inverse navbar in an interview", "inverse navbar: true", "/interview?i=test.house:tea.yml", []string{"bar-inverse"}, nil},
		{"admin full width", "admin full width: true", "/list", []string{"page-wide"}, nil},
		{"footer css class", "footer css class: bg-dark", "/list", []string{`class="foot bg-dark"`}, nil},
		{"table css class", "table css class: my-table", "/interview?i=test.house:tea.yml", []string{`my-table`}, nil},
		{"button colors", "button colors: {continue: success, answer no: danger, exit: dark}", "/interview?i=test.house:tea.yml", []string{"btn-success"}, []string{"btn-primary"}},
		{"button colors of answers", "button colors: {answer no: danger}", "/interview?i=test.house:yesno.yml", []string{"btn-primary", "btn-danger"}, []string{"btn-secondary"}},
		{"button colors of commands", "button colors: {exit: dark}", "/interview?i=test.house:end.yml", []string{"btn-dark"}, []string{"btn-danger"}},
		{"button style", "button style: outline", "/interview?i=test.house:tea.yml", []string{"btn-outline-primary"}, nil},
		{"button size", "button size: small", "/interview?i=test.house:tea.yml", []string{"btn-sm"}, nil},
		{"global footer", "global footer: The foot", "/interview?i=test.house:tea.yml", []string{"The foot"}, nil},
		{"a footer for interviews", "global footer: The foot\nmain page footer: Mine", "/interview?i=test.house:tea.yml", []string{"Mine"}, []string{"The foot"}},
		{"no footer in interviews", "global footer: The foot\nmain page footer: off", "/interview?i=test.house:tea.yml", nil, []string{"The foot"}},
		{"the list keeps its footer", "global footer: The foot\nmain page footer: off", "/list", []string{"The foot"}, nil},
		{"main page parts", "main page pre: P-re\nmain page post: P-ost\nmain page under: U-nder\nmain page submit: S-ubmit\nmain page right: R-ight\n" +
			"main page navigation bar html: <li>N-av</li>\nmain page continue button label: Go on",
			"/interview?i=test.house:tea.yml", []string{"P-re", "P-ost", "U-nder", "S-ubmit", "R-ight", "N-av", "Go on"}, nil},
		{"main page titles", "main page title: T-itle\nmain page logo: '<b>L-ogo</b>'\nmain page subtitle: S\nmain page title url: https://a.example/",
			"/interview?i=test.house:untitled.yml", []string{"T-itle", "<b>L-ogo</b>", `href="https://a.example/"`, `target="_blank"`}, nil},
		{"the same window", "main page title url: https://a.example/\nmain page title url opens in other window: false", "/interview?i=test.house:untitled.yml",
			[]string{`href="https://a.example/"`}, []string{`target="_blank"`}},
		{"texts by language", "start page heading:\n  de: Anfang\n  '*': Beginnings", "/list?lang=de", []string{"Anfang"}, []string{"Beginnings"}},
		{"texts in another language", "start page heading:\n  de: Anfang\n  '*': Beginnings", "/list?lang=fr", []string{"Beginnings"}, nil},
		{"start page", "start page tab title: Tab\nstart page title: Bar-title\nstart page pre: <p>P-re</p>\nstart page submit: S-ubmit\nstart page post: P-ost\n" +
			"start page footer: F-oot\nstart page navigation bar html: <li>N-av</li>\nstart page extra css: '<style>.y{}</style>'\n" +
			"start page extra javascript: '<script>y()</script>'", "/list",
			[]string{"<title>Tab</title>", "Bar-title", "<p>P-re</p>", "S-ubmit", "P-ost", "F-oot", "<li>N-av</li>", ">.y{}</style>", ">y()</script>"}, nil},
		{"404 page", "404 page heading: Lost\n404 page pre: Look elsewhere\nerror page heading: Oh", "/no/such/page", []string{"Lost", "Look elsewhere"}, []string{">Oh<"}},
		{"error page", "error page heading: Oh\nerror help: Call *us*", "/interview?i=test.house:broken.yml", []string{">Oh<", "Call <em>us</em>"}, []string{"ZeroDivision", "division"}},
		{"verbose error messages", "verbose error messages: true", "/interview?i=test.house:broken.yml", []string{"division by zero"}, []string{"fault-kind"}},
		{"debug", "debug: true", "/interview?i=test.house:broken.yml", []string{"fault-kind", "ZeroDivisionError"}, nil},
		{"debug without messages", "debug: true\nverbose error messages: false", "/interview?i=test.house:broken.yml", nil, []string{"ZeroDivisionError"}},
		{"social", "brandname: Clinic\nsocial:\n  description: |\n    Two\n    lines\n  image: test.house:data/static/card.png\n  name: no\n  og:\n    image: test.house:data/static/card.png\n    title: no\n  twitter:\n    site: '@us'",
			"/interview?i=test.house:tea.yml", []string{`<meta name="description" itemprop="description" content="Two lines">`, `itemprop="image" content="http://127.0.0.1:`,
				`/packagestatic/test.house/card.png"`, `<meta property="og:title" content="Clinic: Tea">`, `<meta property="og:site_name" content="Clinic">`,
				`<meta name="twitter:site" content="@us">`, `<meta name="twitter:title" content="Clinic: Tea">`}, []string{`content="no"`}},
		{"no social", "brandname: Clinic", "/list", nil, []string{"og:", "twitter:"}},
		{"allow robots", "allow robots: true", "/robots.txt", []string{"Disallow:\n"}, []string{"Disallow: /"}},
		{"no robots", "", "/robots.txt", []string{"Disallow: /"}, nil},
		{"robots", "robots: test.house:data/static/robots.txt", "/robots.txt", []string{"User-agent: Ours"}, nil},
		{"robots and pages", "allow robots: true", "/list", nil, []string{`content="noindex"`}},
		{"favicon", "favicon: test.house:data/static/icons\nfavicon version: 7\nfavicon theme color: '#112233'", "/list",
			[]string{`href="/favicon-32x32.png?v=7"`, `<meta name="theme-color" content="#112233">`}, nil},
		{"favicon file", "favicon: test.house:data/static/icons", "/favicon-32x32.png", []string{"a picture"}, nil},
		{"manifest", "brandname: Clinic", "/manifest.json", []string{`"name":"Clinic"`}, nil},
		{"initial dict", "initial dict: {clinic_name: Our Clinic}", "/interview?i=test.house:tea.yml", []string{"Tea in Our Clinic"}, nil},
		{"a secret", "debug: true\nsecretkey: 0123456789abcdef", "/interview?i=test.house:prying.yml", []string{"get_config: the configuration key &#34;secretkey&#34; is a secret of the server"}, []string{"0123456789abcdef"}},
		{"a secret below a section", "mail: {default sender: a@b.org, server: s.example, username: u, password: hunter2}", "/interview?i=test.house:nosy.yml", []string{"s.example"}, []string{"hunter2"}},
		{"checkin interval", "checkin interval: 2000", "/interview?i=test.house:checking.yml", []string{`data-check-in-interval="2000"`}, nil},
		{"no checking in", "checkin interval: 0", "/interview?i=test.house:checking.yml", []string{"Checking"}, []string{"data-check-in-url"}},
		{"own keys", "mine: {a: Own, b: [1, {c: 2}]}", "/interview?i=test.house:tea.yml", []string{"Own"}, nil},
		{"dispatch", "dispatch: {t: 'test.house:tea.yml'}", "/list", []string{`href="/start/t/"`}, nil},
		{"root", "root: /in/\nexternal hostname: a.example\ndispatch: {o: 'test.house:other.yml'}", "/in/interview?i=test.house:tea.yml",
			[]string{`action="/in/interview?i=`, `href="http://a.example/in/"`, `href="/in/list"`, `"http://a.example/in/interview?from_list=1&amp;i=test.house%3Aother.yml"`, `src="/in/static/app.js`,
				`<meta name="root" content="/in/">`}, []string{`="/interview`, `="/static`, `/in/in/`}},
		{"root and the list", "root: /in/", "/in/list", []string{`href="/in/interview?i=`, `href="/in/static/app.css`}, []string{`="/interview`}},
		{"url root", "url root: https://b.example:8443/", "/interview?i=test.house:tea.yml", []string{`href="https://b.example:8443/"`}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := open(t, map[string]string{"tea.yml": settled, "untitled.yml": untitled, "broken.yml": dividing, "other.yml": untitled,
				"end.yml":      "mandatory: True\nquestion: Over\nbuttons:\n  - Exit: exit\n",
				"yesno.yml":    "mandatory: True\nquestion: Is it?\nyesno: it\n",
				"checking.yml": "mandatory: True\nquestion: Checking\ncheck in: look\nfield: ok\n---\nevent: look\ncode: |\n  pass\n",
				"prying.yml":   "mandatory: True\nquestion: ${ get_config('secretkey') }\n", "nosy.yml": "mandatory: True\nquestion: ${ repr(get_config('mail')) }\n"}, withConfig(tt.config+"\n"),
				withStatic("card.png", "a card"), withStatic("robots.txt", "User-agent: Ours\n"), withStatic("icons/favicon-32x32.png", "a picture"))
			res, err := http.Get(h.root + tt.path)
			check(t, err)
			body, err := io.ReadAll(res.Body)
			check(t, err)
			check(t, res.Body.Close())
			for _, want := range tt.want {
				if !strings.Contains(string(body), want) {
					t.Errorf("%s: %q is not there:\n%s", res.Status, want, body)
				}
			}
			for _, not := range tt.not {
				if strings.Contains(string(body), not) {
					t.Errorf("%q is there:\n%s", not, body)
				}
			}
		})
	}
}

// Each key of the configuration that is about headers and where one is sent.
func TestKeysThatHeadersShow(t *testing.T) {
	const secure = "behind https load balancer: true\n"
	for _, tt := range []struct {
		name, config, path string
		send               map[string]string
		header, want, not  string
	}{
		{"root redirect url", "root redirect url: https://www.example.org/", "/", nil, "Location", "https://www.example.org/", ""},
		{"default interview", "default interview: test.house:tea.yml", "/", nil, "Location", "/interview?i=test.house%3Adata%2Fquestions%2Ftea.yml", ""},
		{"dispatch interview", "dispatch interview: test.house:tea.yml", "/list", nil, "Location", "/interview?from_list=1&i=test.house%3Adata%2Fquestions%2Ftea.yml", ""},
		{"exitpage", "exitpage: https://www.example.org/bye", "/leave", nil, "Location", "https://www.example.org/bye", ""},
		{"exitpage below root", "root: /in/", "/in/leave", nil, "Location", "/in/", ""},
		{"session lifetime seconds", "session lifetime seconds: 600", "/interview?i=test.house:tea.yml", nil, "Set-Cookie", "max-age=600", ""},
		{"cookies below root", "root: /in/", "/in/interview?i=test.house:tea.yml", nil, "Set-Cookie", "path=/in;", ""},
		{"embedding by default", "", "/interview?i=test.house:tea.yml", nil, "Set-Cookie", "SameSite=Lax", ""},
		{"allow embedding: false", "allow embedding: false", "/interview?i=test.house:tea.yml", nil, "Set-Cookie", "SameSite=Strict", ""},
		{"allow embedding", secure + "allow embedding: true", "/interview?i=test.house:tea.yml", nil, "Set-Cookie", "SameSite=None", ""},
		{"frames by default", "cross site domains: [https://a.example]", "/list", nil, "X-Frame-Options", "SAMEORIGIN", ""},
		{"the policy by default", "cross site domains: [https://a.example]", "/list", nil, "Content-Security-Policy", "frame-ancestors 'self'", "a.example"},
		{"frames if allowed", secure + "allow embedding: true\ncross site domains: [https://a.example]", "/list", nil, "Content-Security-Policy", "frame-ancestors 'self' https://a.example", ""},
		{"no old header if allowed", secure + "allow embedding: true", "/list", nil, "X-Frame-Options", "", "SAMEORIGIN"},
		{"cross site domains", "cross site domains: [https://a.example]", "/list", map[string]string{"Origin": "https://a.example"}, "Access-Control-Allow-Origin", "https://a.example", ""},
		{"other domains", "cross site domains: [https://a.example]", "/list", map[string]string{"Origin": "https://b.example"}, "Access-Control-Allow-Origin", "", "b.example"},
		{"use https", "use https: true\ncerts: /nowhere", "/list", nil, "Strict-Transport-Security", "max-age=31536000", ""},
		{"http", "", "/list", nil, "Strict-Transport-Security", "", "max-age"},
		{"cookies over HTTPS", secure, "/interview?i=test.house:tea.yml", nil, "Set-Cookie", "secure", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := open(t, map[string]string{"tea.yml": settled}, withConfig(tt.config+"\n"))
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.root+tt.path, nil)
			check(t, err)
			for k, v := range tt.send {
				req.Header.Set(k, v)
			}
			res, err := http.DefaultTransport.RoundTrip(req)
			check(t, err)
			check(t, res.Body.Close())
			got := strings.Join(res.Header.Values(tt.header), "\n")
			if !strings.Contains(got, tt.want) || tt.want == "" && got != "" && strings.Contains(got, tt.not) || tt.not != "" && strings.Contains(got, tt.not) {
				t.Errorf("%s is %q; want %q, not %q", tt.header, got, tt.want, tt.not)
			}
		})
	}
}

// What a proxy says is believed if it is one of ours.
func TestTrustedProxies(t *testing.T) {
	const whole = "mandatory: True\nquestion: ${ interview_url(i='test.house:tea.yml') } for ${ device(ip=True) }.\n"
	for _, tt := range []struct{ name, config, want, ip string }{
		{"this machine by default", "behind https load balancer: true", "https://people.example/interview", "203.0.113.9"},
		{"named", "behind https load balancer: true\ntrusted proxies: [127.0.0.1]", "https://people.example/interview", "10.0.0.7"},
		{"two of them", "behind https load balancer: true\ntrusted proxies: [127.0.0.1, 10.0.0.0/8, 203.0.113.9]", "https://people.example/interview", "6.6.6.6"},
		{"another", "behind https load balancer: true\ntrusted proxies: [192.0.2.1]", "http://127.0.0.1", "127.0.0.1"},
		{"none", "", "http://127.0.0.1", "127.0.0.1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := open(t, map[string]string{"tea.yml": whole}, withConfig(tt.config+"\n"))
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.root+"/interview?i=test.house:tea.yml", nil)
			check(t, err)
			req.Header.Set("X-Forwarded-Proto", "https")
			req.Header.Set("X-Forwarded-Host", "people.example")
			req.Header.Set("X-Forwarded-For", "6.6.6.6, 203.0.113.9, 10.0.0.7")
			res, err := http.DefaultClient.Do(req)
			check(t, err)
			body, err := io.ReadAll(res.Body)
			check(t, err)
			check(t, res.Body.Close())
			for _, want := range []string{tt.want, "for " + tt.ip + "."} {
				if !strings.Contains(string(body), want) {
					t.Errorf("%q is not there: %s", want, body)
				}
			}
		})
	}
}

// Code that needs too much of itself stops where the configuration says.
func TestLoopAndRecursionLimit(t *testing.T) {
	wide, deep := "mandatory: True\nquestion: Sum\nsubquestion: |\n", "mandatory: True\nquestion: ${ a0 }\n"
	for n := range 30 {
		wide += "  ${ b" + strconv.Itoa(n) + " }\n"
	}
	for n := range 30 {
		wide += "---\ncode: |\n  b" + strconv.Itoa(n) + " = 1\n"
		deep += strings.NewReplacer("X", strconv.Itoa(n), "Y", strconv.Itoa(n+1)).Replace("---\ncode: |\n  aX = aY + 1\n")
	}
	deep += "---\ncode: |\n  a30 = 1\n"
	for _, tt := range []struct {
		file, config string
		want         int
	}{
		{"wide", "", http.StatusOK}, {"deep", "", http.StatusOK},
		{"wide", "loop limit: 5", http.StatusInternalServerError}, {"deep", "recursion limit: 5", http.StatusInternalServerError},
	} {
		h := open(t, map[string]string{"wide.yml": wide, "deep.yml": deep}, withConfig(tt.config+"\n"))
		res, err := http.Get(h.root + "/interview?i=test.house:" + tt.file + ".yml")
		check(t, err)
		check(t, res.Body.Close())
		if res.StatusCode != tt.want {
			t.Errorf("%s with %q: %s, want %d", tt.file, tt.config, res.Status, tt.want)
		}
	}
}

// Whoever runs the server is told of mistakes: where, what kind, once a minute
// for each visitor, and never what people answered.
func TestErrorNotificationEmail(t *testing.T) {
	const whole = "mandatory: True\ncode: |\n  told = 4711\n  told / 0\n"
	for _, tt := range []struct {
		name, config string
		mails        int
	}{
		{"one for two", "", 1},
		{"not this kind", "suppress error notifications: [ZeroDivisionError]", 0},
		{"not this kind, as it is misspelt elsewhere", "suppress error notificiations: ZeroDivisionError", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := mailtest.Start(t, nil, false)
			h := open(t, map[string]string{"n.yml": whole}, withConfig(fmt.Sprintf("error notification email: admin@example.org\nmail: {default sender: a@example.org, server: %s, port: %d}\n%s\n",
				server.Host, server.Port, tt.config)))
			for range 2 {
				res, err := http.Get(h.root + "/interview?i=test.house:n.yml")
				check(t, err)
				check(t, res.Body.Close())
				if res.StatusCode != http.StatusInternalServerError {
					t.Fatalf("no mistake: %s", res.Status)
				}
			}
			if tt.mails == 0 {
				time.Sleep(300 * time.Millisecond) // long enough for one that is sent all the same
			} else {
				mail := server.Wait(t, tt.mails)[0]
				for _, want := range []string{"To: <admin@example.org>", "ZeroDivisionError", "test.house:data/questions/n.yml"} {
					if !strings.Contains(string(mail.Data), want) {
						t.Errorf("it does not say %q: %s", want, mail.Data)
					}
				}
				if strings.Contains(string(mail.Data), "4711") {
					t.Errorf("it says an answer: %s", mail.Data)
				}
				time.Sleep(100 * time.Millisecond)
			}
			if n := len(server.Letters()); n != tt.mails {
				t.Errorf("%d mails", n)
			}
		})
	}
}
