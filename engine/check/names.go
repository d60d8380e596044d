package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
	"colloquy/engine/solve"
	"colloquy/engine/spelling"
)

// Names that every session has, or that the server looks for by itself.
var given = []string{"url_args", "nav", "_internal", "user_dict", "multi_user", "track_location", "role", "role_needed", "role_event",
	"speak_text", "allow_cron", "cron_hourly", "cron_daily", "cron_weekly", "cron_monthly", "incoming_email", "menu_items", "x", "i", "j", "k", "l", "m", "n",
	"docassemble", "self", "__name__", "__file__", "user_logged_in", "PY2", "row_item", "row_index", "user_initiated"}

// asksAbout are the functions by which code asks whether a name is there.
var asksAbout = []string{"defined", "showifdef", "value", "undefine", "invalidate", "forget_result_of", "re_run_logic", "reconsider"}

// modules imports what the interview imports, and learns which names that gives.
func (a *analysis) modules() {
	a.known = map[string]bool{}
	th := a.thread()
	defer th.Close()
	for ns := a.programs.Names(a.in); ns != nil; ns = ns.Parent() {
		for _, name := range ns.Names() {
			a.known[name] = true
		}
	}
	for _, name := range slices.Concat(given, solve.Locals, evaluation.Contexts) {
		a.known[name] = true
	}
	for _, m := range a.in.Modules {
		mod, err := th.Import(m.Name)
		if err != nil {
			a.dynamic, a.partial = true, true // nobody knows what it would have given
			a.say(MissingModule, Error, a.modulePlace(m), nil, "put "+moduleFile(m.Name)+" into the package, or correct the name",
				"the module %s cannot be imported: %v", m.Name, err)
			continue
		}
		root, _, _ := strings.Cut(m.Name, ".")
		a.known[root] = true
		if m.Star {
			for _, name := range mod.Globals.Names() {
				a.known[name] = true
			}
		}
	}
	a.library = maps.Clone(a.known)
	a.offered()
}

// modulePlace is where a module is named. An error inside of the module stands
// where the module is imported: there the interview can be mended, too.
func (a *analysis) modulePlace(m interview.Module) interview.Pos { return m.Pos }

func moduleFile(name string) string {
	return strings.ReplaceAll(name[strings.LastIndex(name, ".")+1:], ".", "/") + ".py"
}

// offered adds what blocks offer and code sets.
func (a *analysis) offered() {
	a.guarded = map[string]bool{}
	add := func(name string) {
		root, _ := interview.SplitName(name)
		a.known[root] = true
	}
	for _, b := range a.in.Blocks {
		for _, list := range [][]string{b.Offers, b.Others, b.Sets, b.OnlySets, b.Events} {
			for _, name := range list {
				add(name)
			}
		}
		if b.Question == nil {
			continue
		}
		for _, name := range b.Question.AllowedToSet {
			add(name)
		}
		a.dynamic = a.dynamic || b.Question.AllowedToSetCode != nil
		for _, f := range b.Question.Fields {
			a.dynamic = a.dynamic || f.Kind == interview.Generated
			if f.Variable.Text != "" {
				add(f.Variable.Text)
			}
		}
	}
	a.dynamic = a.dynamic || a.in.Features.UseCatchall
	for _, p := range a.pieces {
		for _, e := range p.events {
			if e.kind == binds {
				a.known[e.name] = true
			}
		}
		for _, tree := range p.trees() {
			a.literals(tree)
		}
	}
}

// trees are the syntax trees of a piece.
func (p *piece) trees() []syntax.Node {
	if p.code != nil {
		return []syntax.Node{p.code.Tree()}
	}
	return p.text.Parts()
}

// literals learns from calls that take names as text.
func (a *analysis) literals(tree syntax.Node) {
	syntax.Inspect(tree, func(n syntax.Node) bool {
		c, ok := n.(*syntax.Call)
		if !ok {
			return true
		}
		if m, ok := c.Func.(*syntax.Attribute); ok && strings.HasPrefix(m.Attr, "show") {
			for _, k := range c.Keywords {
				a.guarded[k.Arg] = true // names of a template that is shown with values
			}
		}
		f, _ := c.Func.(*syntax.Name)
		if f == nil || len(c.Args) == 0 {
			return true
		}
		name, literal := text(c.Args[0])
		root, _ := interview.SplitName(name)
		switch {
		case f.ID == "define" && literal:
			a.known[root] = true
		case f.ID == "define" || f.ID == "set_variables" || f.ID == "globals" || f.ID == "exec" || f.ID == "process_action":
			a.dynamic = a.dynamic || f.ID != "process_action"
		case slices.Contains(asksAbout, f.ID) && literal:
			a.guarded[root] = true
		}
		return true
	})
}

// text gives a literal string.
func text(e syntax.Expr) (string, bool) {
	c, ok := e.(*syntax.Constant)
	if !ok {
		return "", false
	}
	s, ok := c.Value.(string)
	return s, ok
}

// names reports names that nothing offers.
func (a *analysis) names() {
	if a.partial || a.in.Features.UseCatchall {
		return
	}
	th := a.thread()
	defer th.Close()
	said := map[string]bool{}
	candidates := slices.Sorted(maps.Keys(a.known))
	for i := range a.pieces {
		p := &a.pieces[i]
		for _, e := range p.events {
			if e.kind == binds || e.tried || a.known[e.name] || a.guarded[e.name] || said[e.name] || builtin(th, e.name) {
				continue
			}
			said[e.name] = true
			a.undefined(p, e, candidates)
		}
	}
}

func (a *analysis) undefined(p *piece, e event, candidates []string) {
	fix := "write a question or code that defines it"
	if near, ok := spelling.Nearest(e.name, candidates); ok {
		fix = "did you mean " + near + "?"
	} else if e.kind == calls {
		fix = "import the module that has it, or define it in a module of the package"
	}
	what := fmt.Sprintf("no block offers %s, and no code defines it", e.name)
	if e.kind == calls {
		what = fmt.Sprintf("there is no function %s, and no block offers it", e.name)
	}
	severity := Error
	if a.dynamic {
		severity = Hint
		what += " by name; code that computes names might"
	}
	a.say(UndefinedName, severity, e.pos, p.block, fix, "%s", what)
}

// builtin reports whether a name is one of Python's own.
func builtin(th *python.Thread, name string) bool {
	e, err := syntax.ParseExpr("", name, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return false
	}
	code, err := python.CompileExpr(e, python.CompileOptions{})
	if err != nil {
		return false
	}
	_, err = code.Run(th, python.NewNamespace(nil))
	return err == nil
}

// acts are the functions whose first argument is the name of an action, or of a
// variable to ask for again.
var acts = []string{"url_action", "background_action", "force_ask", "force_gather", "action_menu_item", "url_ask", "interview_url_action"}

// actions reports links to what no block carries out.
func (a *analysis) actions() {
	for i := range a.pieces {
		p := &a.pieces[i]
		for _, tree := range p.trees() {
			syntax.Inspect(tree, func(n syntax.Node) bool {
				if c, ok := n.(*syntax.Call); ok {
					a.actionCall(p, c)
				}
				return true
			})
		}
	}
	for _, b := range a.in.Blocks {
		if b.Question == nil {
			continue
		}
		for _, button := range b.Question.Actions {
			if name, ok := button.Action.Static(); ok {
				a.action(strings.TrimSpace(name), button.Action.Pos, b)
			}
		}
		for _, item := range b.Question.Review {
			for _, step := range item.Steps {
				if step.Command == "" {
					for _, name := range step.Names {
						a.action(name, step.Pos, b)
					}
				}
			}
		}
	}
}

func (a *analysis) actionCall(p *piece, c *syntax.Call) {
	f, ok := c.Func.(*syntax.Name)
	if !ok || !slices.Contains(acts, f.ID) || len(c.Args) == 0 {
		return
	}
	for _, k := range c.Keywords {
		if k.Arg == "i" || k.Arg == "" {
			return // it may be of another interview
		}
	}
	args := c.Args
	if f.ID == "action_menu_item" {
		args = args[1:]
	}
	if len(args) == 0 {
		return
	}
	name, ok := text(args[0])
	if !ok {
		return
	}
	at := args[0].Start()
	a.action(name, interview.Pos{File: p.pos.File, Line: at.Line, Col: at.Col}, p.block)
}

// action reports an action that nothing carries out.
func (a *analysis) action(name string, pos interview.Pos, b *interview.Block) {
	root, _ := interview.SplitName(name)
	if name == "" || solve.BuiltinAction(name) || a.known[root] || strings.Contains(name, "://") || !interview.ValidName(name) {
		return
	}
	fix := "write a block with event: " + name
	var offered []string
	for _, b := range a.in.Blocks {
		offered = append(offered, b.Offers...)
	}
	if near, ok := spelling.Nearest(name, offered); ok {
		fix = "did you mean " + near + "?"
	}
	severity := Error
	if a.dynamic {
		severity = Hint
	}
	a.say(UnknownAction, severity, pos, b, fix, "the action %s leads nowhere: no block offers it", name)
}
