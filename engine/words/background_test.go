package words_test

import (
	"errors"
	"reflect"
	"testing"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// tasks is what stands behind background actions in these tests.
type tasks struct {
	phase   evaluation.TaskPhase
	outcome evaluation.TaskOutcome
	started []evaluation.Task
	reports []evaluation.TaskReport
	revoked []bool
}

func (k *tasks) Start(_ *python.Thread, _ string, t evaluation.Task) (string, error) {
	k.started = append(k.started, t)
	return "n1", nil
}

func (k *tasks) Phase(string) (evaluation.TaskPhase, error) { return k.phase, nil }

func (k *tasks) Outcome(_ *python.Thread, id string) (*evaluation.TaskOutcome, error) {
	if !k.phase.Over() {
		return nil, &evaluation.Await{Task: id}
	}
	k.outcome.Phase = k.phase
	return &k.outcome, nil
}

func (k *tasks) Ended(string) (python.Value, error) {
	return python.NewStr("2026-03-02T15:04:05Z"), nil
}

func (k *tasks) Revoke(_ string, terminate bool) error {
	k.revoked = append(k.revoked, terminate)
	return nil
}

func (k *tasks) Report(r evaluation.TaskReport) error {
	k.reports = append(k.reports, r)
	return nil
}

func (f *fake) Tasks() evaluation.Tasks { return f.tasks }

func TestBackgroundTask(t *testing.T) {
	s := open(t)
	s.tasks = &tasks{phase: evaluation.TaskRunning}
	s.table([][2]string{
		{"task = background_action('work', 'refresh', a=1, b='x')\ntask", "<BackgroundTask n1>"},
		{"task.ready()", "False"}, {"task.status()", "'STARTED'"},
		{"background_action('work', 'loudly')", "ValueError: background_action(): ui_notification is None, 'flash', 'refresh', 'javascript' or 'fields'"},
	})
	if got := s.tasks.started; len(got) != 1 || got[0].Action != "work" || got[0].Notify != "refresh" || got[0].Arguments.Len() != 2 {
		t.Errorf("started %+v", got)
	}
	for _, call := range []string{"get", "wait", "failed", "result"} {
		_, err := s.eval("try:\n    task." + call + "()\nexcept Exception:\n    pass")
		var a *evaluation.Await
		if !errors.As(err, &a) || a.Task != "n1" {
			t.Errorf("%s() of a task that is not over ends with %v", call, err)
		}
	}
	s.tasks.phase, s.tasks.outcome.Value = evaluation.TaskDone, python.Int(5)
	s.table([][2]string{
		{"task.ready()", "True"}, {"[task.wait(), task.get(), task.failed(), task.state()]", "[True, 5, False, 'SUCCESS']"},
		{"[task.result().value, task.result().error_type, task.result().variables]", "[5, None, None]"}, {"task.date_done().year", "2026"},
	})
	s.tasks.outcome.Value = python.Int(6)
	s.table([][2]string{{"task.get()", "5"}, {"task.revoke()\ntask.revoke(terminate=False)", "None"}})
	if !reflect.DeepEqual(s.tasks.revoked, []bool{true, false}) {
		t.Errorf("revoked %v", s.tasks.revoked)
	}
}

func TestFailedBackgroundTask(t *testing.T) {
	s := open(t)
	s.tasks = &tasks{phase: evaluation.TaskFailed, outcome: evaluation.TaskOutcome{Value: python.Int(1), ErrorType: "ValueError",
		ErrorMessage: "no", ErrorTrace: "here", Variables: []string{"b", "a"}}}
	s.table([][2]string{
		{"task = background_action('work')\n[task.get(), task.failed(), task.ready(), task.status()]", "[None, True, True, 'FAILURE']"},
		{"r = task.result()\n[r.value, r.error_type, r.error_message, r.error_trace, r.variables]", "[1, 'ValueError', 'no', 'here', ['b', 'a']]"},
	})
}

func TestBackgroundProgress(t *testing.T) {
	s := open(t)
	s.tasks = &tasks{}
	s.table([][2]string{
		{"background_progress(3, 10, 'Reading')", "None"}, {"background_progress(0.5)", "None"}, {"background_progress(text='Waiting')", "None"},
		{"background_progress(30, total=10)", "None"}, {"background_progress('x')", "TypeError: background_progress(): a number was expected, not str"},
	})
	want := []evaluation.TaskReport{{Done: 3, Total: 10, Text: "Reading"}, {Done: 0.5, Total: 1}, {Text: "Waiting"}, {Done: 10, Total: 10}}
	if !reflect.DeepEqual(s.tasks.reports, want) {
		t.Errorf("reported %+v", s.tasks.reports)
	}
}

func TestBackgroundErrorAction(t *testing.T) {
	s := open(t)
	if _, err := s.eval("background_error_action('mend', n=5)"); err != nil {
		t.Fatal(err)
	}
	if a := s.outcome.OnError; a == nil || a.Action != "mend" || a.Arguments["n"] != python.Value(python.Int(5)) {
		t.Errorf("the action is %+v", a)
	}
}
