package check_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"colloquy/engine/check"
)

// report checks one interview.
func report(t *testing.T, yaml string) *check.Report {
	t.Helper()
	p := programs(t, map[string]fs.FS{"one": fstest.MapFS{"data/questions/interview.yml": {Data: []byte(yaml)}}})
	r, err := check.Check(t.Context(), p, "one:interview.yml", check.Options{Walks: 60, Steps: 60, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const shares = `mandatory: True
question: ${ share } each
---
code: |
  share = 12 / guests
---
question: How many guests?
fields:
  - Guests: guests
    datatype: integer
`

func TestFormats(t *testing.T) {
	reports := []*check.Report{report(t, shares)}
	where := func(string) string { return "shares.yml" }
	var text, plain, sarif strings.Builder
	if err := check.Text(&text, reports, where); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"shares.yml:5:11: error: ZeroDivisionError: division by zero [crash, found by walking]",
		"     5 |   share = 12 / guests\n       |           ^", "[How many guests?] guests=0", "in 60 walks", "1 error, 0 warnings"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, text.String())
		}
	}
	if err := check.JSON(&plain, reports, where); err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Findings []struct {
			Kind, File   string
			Line         int
			Conversation []string
		}
	}
	if err := json.Unmarshal([]byte(plain.String()), &list); err != nil {
		t.Fatal(err)
	}
	if f := list[0].Findings; len(f) != 1 || f[0].Kind != "crash" || f[0].File != "shares.yml" || f[0].Line != 5 || len(f[0].Conversation) != 1 {
		t.Errorf("JSON: got %+v", list)
	}
	if err := check.SARIF(&sarif, reports, "1", where); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Version string
		Runs    []struct {
			Results []struct {
				RuleID, Level string
				Locations     []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(sarif.String()), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || len(log.Runs[0].Results) != 1 {
		t.Fatalf("SARIF: got %s", sarif.String())
	}
	at := log.Runs[0].Results[0]
	if place := at.Locations[0].PhysicalLocation; at.RuleID != "crash" || at.Level != "error" || place.ArtifactLocation.URI != "shares.yml" ||
		place.Region.StartLine != 5 || place.Region.StartColumn != 11 {
		t.Errorf("SARIF: got %+v", at)
	}
}

// TestOutside checks that a walk reaches nothing outside, and that this is said
// and not taken for a mistake of the interview.
func TestOutside(t *testing.T) {
	r := report(t, `modules:
  - requests
---
mandatory: True
code: |
  import requests
  send_email(to='ann@example.org', subject='Hello', body='Hello')
  answer = requests.get('http://127.0.0.1:1/').text
  done
---
event: done
question: Bye
`)
	for _, f := range r.Findings {
		if f.Kind == check.Crash {
			t.Errorf("a closed door is called a crash: %s", f.Message)
		}
	}
	if r.Walked.Outside != r.Walked.Walks || !strings.Contains(r.Verdict(), "world outside") {
		t.Errorf("%d of %d walks ended outside: %s", r.Walked.Outside, r.Walked.Walks, r.Verdict())
	}
}

// TestVerdict checks that nothing is claimed that walks cannot know.
func TestVerdict(t *testing.T) {
	r := report(t, "mandatory: True\nquestion: Bye\n")
	if len(r.Findings) != 0 || !strings.Contains(r.Verdict(), "proves nothing about other answers") {
		t.Errorf("got %v, %s", r.Findings, r.Verdict())
	}
}

// TestKnownElsewhere checks that names are not called undefined that code tries
// for, or that a template is given when it is shown.
func TestKnownElsewhere(t *testing.T) {
	r := report(t, `template: words
content: Views of ${ company }.
---
mandatory: True
code: |
  try:
    fast = accelerator
  except:
    fast = False
---
mandatory: True
question: ${ words.show(company='ABC') } ${ fast }
`)
	for _, f := range r.Findings {
		t.Errorf("%s: %s", f.Kind, f.Message)
	}
}
