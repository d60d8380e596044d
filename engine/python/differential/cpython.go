package differential

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

//go:embed record.py
var recorder string

// job is what the recorder is asked to run.
type job struct {
	Name    string            `json:"name"`
	Prelude string            `json:"prelude"`
	Source  string            `json:"source"`
	Files   map[string]string `json:"files"`
}

// recording is what the recorder answers.
type recording struct {
	Version string   `json:"version"`
	Outputs []string `json:"outputs"`
}

// record runs the programs in CPython, keeps their outputs and returns a line
// about the recording.
func record(prelude string, programs []*program) (string, error) {
	python := os.Getenv("PYTHON")
	if python == "" {
		return "", fmt.Errorf("record: the environment variable PYTHON must name CPython 3.12 or later")
	}
	jobs := make([]job, len(programs))
	for i, p := range programs {
		jobs[i] = job{Name: p.name(), Prelude: prelude, Source: p.source(), Files: map[string]string{}}
		for _, f := range p.files[1:] {
			jobs[i].Files[strings.TrimPrefix(f.Name, p.slug+"/")] = string(f.Data)
		}
	}
	in, err := json.Marshal(jobs)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, python, "-W", "ignore", "-c", recorder)
	cmd.Env = append(os.Environ(), "PYTHONHASHSEED=0", "PYTHONIOENCODING=utf-8", "PYTHONDONTWRITEBYTECODE=1")
	cmd.Stdin = bytes.NewReader(in)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("record with %s: %w\n%s", python, err, complaints.String())
	}
	var got recording
	if err := json.Unmarshal(out, &got); err != nil {
		return "", fmt.Errorf("record with %s: %w", python, err)
	}
	for i, p := range programs {
		p.want, p.has = wholeLines(got.Outputs[i]), true
	}
	return "CPython " + got.Version + ", hash seed 0.", nil
}
