package words

import (
	"fmt"
	"sort"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/ports"
	"colloquy/engine/python"
)

// mailPrefix begins the names under which Book.Misc keeps what mails were sent,
// by task.
const mailPrefix = "mail "

// note remembers a mail: its key, its recipients and, if it was sent at once,
// whom it reached.
func note(ev evaluation.Evaluation, task string, m ports.Mail, receipt *ports.Receipt) {
	name := mailPrefix + task
	list, ok := ev.Book().Misc[name].(*python.List)
	if !ok {
		list = python.NewList()
		ev.Book().Misc[name] = list
	}
	fate, refused := python.Value(python.None), python.Value(python.NewList())
	if receipt != nil {
		fate = python.NewStr(evaluation.FateSent)
		var others []string
		for _, r := range append(receipt.Refused, receipt.Deferred...) {
			others = append(others, r.Address)
		}
		if len(others) > 0 {
			fate, refused = python.NewStr(evaluation.FatePartly), outsideTexts(others)
		}
	}
	all := append(append(append([]string{}, m.To...), m.Cc...), m.Bcc...)
	list.Elems = append(list.Elems, python.NewTuple(python.NewStr(m.Key), outsideTexts(all), fate, refused))
}

func outsideTexts(all []string) python.Value {
	list := python.NewList()
	for _, s := range all {
		list.Elems = append(list.Elems, python.Outside(s))
	}
	return list
}

// email_delivery_status(task=None, details=False) says what became of the mails
// that this session sent under a task, or of all: 'sent', 'partly sent' (some
// recipients were refused), 'waiting' or 'failed', of several the least good;
// None if there were none. With details it is a list of dictionaries. It is our
// own, not docassemble's.
func emailDeliveryStatus(th *python.Thread, a *python.Args) (python.Value, error) {
	var task python.Value
	var details bool
	if err := a.Unpack("email_delivery_status", "task?", &task, "details?", &details); err != nil {
		return nil, err
	}
	ev, err := running(th, "email_delivery_status")
	if err != nil {
		return nil, err
	}
	worst, list := 0, python.NewList()
	for _, entry := range sentMails(ev, task) {
		f, err := fateOf(th, ev, entry)
		if err != nil {
			return nil, err
		}
		worst = max(worst, rank[f.State])
		list.Elems = append(list.Elems, inDetail(entry, f))
	}
	if details {
		return list, nil
	}
	for state, n := range rank {
		if n == worst {
			return python.NewStr(state), nil
		}
	}
	return python.None, nil
}

// rank orders what may become of a mail, the best first.
var rank = map[string]int{evaluation.FateSent: 1, evaluation.FatePartly: 2, evaluation.FateWaiting: 3, evaluation.FateFailed: 4}

// sentMails gives the notes about the mails of a task, all of them for None.
func sentMails(ev evaluation.Evaluation, task python.Value) []*python.Tuple {
	var names []string
	for name := range ev.Book().Misc {
		if strings.HasPrefix(name, mailPrefix) && (isNone(task) || name == mailPrefix+stringOr(task, "")) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	var all []*python.Tuple
	for _, name := range names {
		list, ok := ev.Book().Misc[name].(*python.List)
		if !ok {
			continue
		}
		for _, e := range list.Elems {
			if t, ok := e.(*python.Tuple); ok && len(t.Elems) == 4 {
				all = append(all, t)
			}
		}
	}
	return all
}

func fateOf(th *python.Thread, ev evaluation.Evaluation, entry *python.Tuple) (evaluation.Fate, error) {
	if state, ok := python.StringOf(entry.Elems[2]); ok { // it was sent at once
		f := evaluation.Fate{State: state, Attempts: 1}
		for _, v := range entry.Elems[3].(*python.List).Elems {
			f.Refused = append(f.Refused, stringOr(v, ""))
		}
		return f, nil
	}
	f, err := ev.Post().Fate(th.Context(), stringOr(entry.Elems[0], ""))
	if err != nil {
		return f, fmt.Errorf("email_delivery_status(): %w", err)
	}
	return f, nil
}

func inDetail(entry *python.Tuple, f evaluation.Fate) python.Value {
	d := python.NewDict()
	to := python.NewList()
	to.Elems = append(to.Elems, entry.Elems[1].(*python.List).Elems...)
	d.SetStr("recipients", to)
	d.SetStr("status", python.NewStr(f.State))
	d.SetStr("refused", outsideTexts(f.Refused))
	d.SetStr("attempts", python.Int(f.Attempts))
	return d
}
