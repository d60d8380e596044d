package check

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"colloquy/engine/interview"
)

// Text writes reports for people: each finding with its place, its line and what
// to do.
func Text(w io.Writer, reports []*Report, where func(file string) string) error {
	var b strings.Builder
	count := map[Severity]int{}
	for _, r := range reports {
		for i := range r.Findings {
			r.Findings[i].text(&b, where)
			count[r.Findings[i].Severity]++
		}
		fmt.Fprintf(&b, "%s: %s\n", r.Interview, r.Verdict())
	}
	fmt.Fprintf(&b, "%s, %s, %s in %s\n", plural(count[Error], "error"), plural(count[Warning], "warning"), plural(count[Hint], "hint"),
		plural(len(reports), "interview"))
	_, err := io.WriteString(w, b.String())
	return err
}

func place(p interview.Pos, where func(string) string) string {
	p.File = where(p.File)
	return p.String()
}

// text writes one finding.
func (f *Finding) text(b *strings.Builder, where func(string) string) {
	fmt.Fprintf(b, "%s: %s: %s [%s", place(f.Pos, where), f.Severity, f.Message, f.Kind)
	if f.Verdict != "" {
		b.WriteString(", " + f.Verdict)
	}
	b.WriteString("]\n")
	if f.Source != "" {
		line := strings.ReplaceAll(f.Source, "\t", " ")
		fmt.Fprintf(b, "%6d | %s\n", f.Pos.Line, line)
		if f.Pos.Col > 0 {
			fmt.Fprintf(b, "       | %s^\n", strings.Repeat(" ", f.Pos.Col-1))
		}
	}
	if f.Fix != "" {
		fmt.Fprintf(b, "       = %s\n", f.Fix)
	}
	for _, l := range f.Chain {
		fmt.Fprintf(b, "       : %s at %s\n", l.Name, place(l.Pos, where))
	}
	if f.Talk != nil || f.Verdict == walked {
		b.WriteString("       the shortest conversation found that leads there:\n")
		if len(f.Talk) == 0 {
			b.WriteString("         (opening the interview is enough)\n")
		}
		for _, s := range f.Talk {
			b.WriteString("         " + s.String() + "\n")
		}
	}
}

type jsonFinding struct {
	Kind     Kind       `json:"kind"`
	Severity string     `json:"severity"`
	Verdict  string     `json:"verdict,omitempty"`
	File     string     `json:"file"`
	Line     int        `json:"line,omitempty"`
	Column   int        `json:"column,omitempty"`
	Block    string     `json:"block,omitempty"`
	Message  string     `json:"message"`
	Fix      string     `json:"fix,omitempty"`
	Source   string     `json:"source,omitempty"`
	Chain    []jsonLink `json:"chain,omitempty"`
	Talk     []string   `json:"conversation,omitempty"`
}

type jsonLink struct {
	Name string `json:"name"`
	File string `json:"file"`
	Line int    `json:"line"`
}

type jsonReport struct {
	Interview string        `json:"interview"`
	Verdict   string        `json:"verdict"`
	Walks     int           `json:"walks"`
	Steps     int           `json:"steps"`
	Outside   int           `json:"ended outside"`
	Findings  []jsonFinding `json:"findings"`
}

// JSON writes reports for programs.
func JSON(w io.Writer, reports []*Report, where func(file string) string) error {
	out := []jsonReport{}
	for _, r := range reports {
		j := jsonReport{Interview: r.Interview, Verdict: r.Verdict(), Walks: r.Walked.Walks, Steps: r.Walked.Steps, Outside: r.Walked.Outside,
			Findings: []jsonFinding{}}
		for _, f := range r.Findings {
			jf := jsonFinding{Kind: f.Kind, Severity: f.Severity.String(), Verdict: f.Verdict, File: where(f.Pos.File), Line: f.Pos.Line,
				Column: f.Pos.Col, Block: f.Block, Message: f.Message, Fix: f.Fix, Source: f.Source}
			for _, l := range f.Chain {
				jf.Chain = append(jf.Chain, jsonLink{l.Name, where(l.Pos.File), l.Pos.Line})
			}
			for _, s := range f.Talk {
				jf.Talk = append(jf.Talk, s.String())
			}
			j.Findings = append(j.Findings, jf)
		}
		out = append(out, j)
	}
	return encode(w, out)
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

type object = map[string]any

// levels are SARIF's words for severities.
var levels = map[Severity]string{Hint: "note", Warning: "warning", Error: "error"}

// SARIF writes reports in the Static Analysis Results Interchange Format, 2.1.0.
func SARIF(w io.Writer, reports []*Report, version string, where func(file string) string) error {
	results, rules, seen := []object{}, []object{}, map[Kind]bool{}
	for _, r := range reports {
		for _, f := range r.Findings {
			if !seen[f.Kind] {
				seen[f.Kind] = true
				rules = append(rules, object{"id": f.Kind})
			}
			text := f.Message
			if f.Fix != "" {
				text += "\n" + f.Fix
			}
			if f.Verdict == walked {
				text += "\nThe shortest conversation found that leads there:"
				for _, s := range f.Talk {
					text += "\n" + s.String()
				}
			}
			physical := object{"artifactLocation": object{"uri": where(f.Pos.File)}}
			if f.Pos.Line > 0 {
				region := object{"startLine": f.Pos.Line}
				if f.Pos.Col > 0 {
					region["startColumn"] = f.Pos.Col
				}
				physical["region"] = region
			}
			results = append(results, object{"ruleId": f.Kind, "level": levels[f.Severity], "message": object{"text": text},
				"locations": []object{{"physicalLocation": physical}}})
		}
	}
	return encode(w, object{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": []object{{
		"tool":       object{"driver": object{"name": "colloquy check", "version": version, "rules": rules}},
		"columnKind": "unicodeCodePoints", "results": results}}})
}
