package words

import (
	"fmt"
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// The modules by which authors' modules import the library.
const (
	utilModule      = "docassemble.base.util"
	functionsModule = "docassemble.base.functions"
	coreModule      = "docassemble.base.core"
	legalModule     = "docassemble.base.legal"
	errorModule     = "docassemble.base.error"
)

// A Library holds the names that interviews and modules can use. It is frozen
// and safe for concurrent use.
type Library struct {
	modules map[string]*python.Module
	names   *python.Module
	bare    *python.Module
}

// A function is one of those that authors call.
type function struct {
	name string
	call python.BuiltinFunc
}

// exported are the families whose names every interview has.
var exported = [][]function{
	nameFunctions, logicFunctions, actionFunctions, stoppingFunctions, textFunctions, numberFunctions,
	listFunctions, moneyFunctions, inflectionFunctions, settingFunctions, dateFunctions, placeFunctions,
	phoneFunctions, formFunctions, linkFunctions, markFunctions, userFunctions, screenFunctions, taskFunctions,
	fileFunctions, docxFunctions, mailFunctions, backgroundFunctions, sessionFunctions, storageFunctions, miscFunctions, dataFunctions,
}

// importable are the families that only modules can have, by importing them.
var importable = [][]function{phraseFunctions, replacingFunctions, classFunctions}

// hidden are names of docassemble.base.util that interviews do not see unless
// they import them.
var hidden = []string{"CustomDataType", "DALazyTemplate", "DALazyTableTemplate", "DACatchAll", "DADateTime", "DAError",
	"DANav", "DAModel", "DAObjectPlusParameters", "DateInterval", "DateTimeDelta", "UserInfo", "RequestURL", "CurrentContext",
	"Device", "SessionTags", "objects_from_structure", "objects_from_data", "document_collection", "template_files", "files_from_upload",
	"file_from_signature", "salutation", "DAException", "BackgroundTask", "TaskResult", "DAAttributeError", "DAIndexError", "RelationshipDir", "RelationshipPeer"}

// New puts the library together. std finds the standard modules; th runs the
// parts of the library that are written in Python. An error is a mistake in
// those or a standard module that is missing.
func New(th *python.Thread, std python.Loader) (*Library, error) {
	objs, err := objects.Load(th.Context(), std)
	if err != nil {
		return nil, err
	}
	l := &Library{modules: map[string]*python.Module{}, names: python.NewModule("docassemble.base")}
	pre, err := loadPrelude(th.Context(), std, objs)
	if err != nil {
		return nil, err
	}
	classes := slices.Clone(objs.Util.Globals.Names())
	for name, v := range pre.names() {
		objs.Util.Globals.Set(name, v)
		classes = append(classes, name)
	}
	bind(objs.Util.Globals, exported, importable)
	for _, m := range pre.order {
		if v, ok := m.Globals.Get("_internal"); ok {
			l.names.Globals.Set("_internal", v)
		}
	}
	if err := l.export(th, std, objs, pre, classes); err != nil {
		return nil, err
	}
	l.bare = python.NewModule(l.names.Name)
	for _, name := range []string{"_internal", "process_action"} {
		if v, ok := l.names.Globals.Get(name); ok {
			l.bare.Globals.Set(name, v)
		}
	}
	l.alias(objs)
	mods := append(pre.modules(), l.names, l.bare)
	for _, m := range l.modules {
		mods = append(mods, m)
	}
	python.Freeze(th, mods...)
	return l, nil
}

// bind puts functions into a namespace; names that it has already stay.
func bind(ns *python.Namespace, groups ...[][]function) {
	for _, group := range groups {
		for _, family := range group {
			for _, f := range family {
				if _, ok := ns.Get(f.name); !ok {
					ns.Set(f.name, python.NewBuiltin(f.name, f.call))
				}
			}
		}
	}
}

// export fills the namespace that interviews fall back to, and says the same
// to those who import everything from a module.
func (l *Library) export(th *python.Thread, std python.Loader, objs *objects.Library, pre *prelude, classes []string) error {
	ns, util := l.names.Globals, objs.Util.Globals
	for _, name := range []string{"json", "re"} {
		m, err := std.Load(th, name, "")
		if err != nil {
			return fmt.Errorf("load the library: %w", err)
		}
		util.Set(name, m)
	}
	itertools, err := std.Load(th, "itertools", "")
	if err != nil {
		return fmt.Errorf("load the library: %w", err)
	}
	if chain, ok := itertools.Globals.Get("chain"); ok {
		util.Set("chain", chain)
	}
	util.Set("us", pre.us)
	names := append(slices.Clone(classes), "json", "re", "chain", "us")
	for _, family := range exported {
		for _, f := range family {
			names = append(names, f.name)
		}
	}
	all := python.NewList()
	for _, name := range names {
		v, ok := util.Get(name)
		if !ok || strings.HasPrefix(name, "_") || slices.Contains(hidden, name) {
			continue
		}
		if _, twice := ns.Get(name); !twice {
			all.Elems = append(all.Elems, python.NewStr(name))
		}
		ns.Set(name, v)
	}
	util.Set("__all__", all)
	for _, m := range append([]*python.Module{pre.us, pre.states}, pre.dateutil...) {
		l.modules[m.Name] = m
	}
	return nil
}

// alias gives the modules that are util under another name, and adds to legal
// and error what belongs there.
func (l *Library) alias(objs *objects.Library) {
	l.modules[utilModule], l.modules[errorModule] = objs.Util, objs.Error
	for _, name := range []string{functionsModule, coreModule} {
		m := python.NewModule(name)
		share(objs.Util, m)
		l.modules[name] = m
	}
	own := slices.DeleteFunc(slices.Clone(objs.Legal.Globals.Names()), func(name string) bool {
		_, shared := objs.Util.Globals.Get(name)
		return shared || strings.HasPrefix(name, "_")
	})
	share(objs.Util, objs.Legal)
	all := python.NewList()
	if v, ok := objs.Util.Globals.Get("__all__"); ok {
		all.Elems = append(all.Elems, v.(*python.List).Elems...)
	}
	for _, name := range own {
		all.Elems = append(all.Elems, python.NewStr(name))
	}
	objs.Legal.Globals.Set("__all__", all)
	l.modules[legalModule] = objs.Legal
	for _, c := range []*python.Class{evaluation.ForcedNameError, evaluation.ForcedReRun, evaluation.ResponseError,
		evaluation.CommandError, evaluation.QuestionError, evaluation.BackgroundResponseError, evaluation.BackgroundResponseActionError} {
		objs.Error.Globals.Set(c.Name(), c)
	}
	if c, ok := objs.Util.Globals.Get("DAWebError"); ok {
		objs.Error.Globals.Set("DAWebError", c)
	}
}

// share binds everything of one module in another, its own names excepted.
func share(from, to *python.Module) {
	for name, v := range from.Globals.All() {
		if _, has := to.Globals.Get(name); !has && name != "__name__" {
			to.Globals.Set(name, v)
		}
	}
}

// Namespace is what names of an interview are looked up in after its answers.
func (l *Library) Namespace() *python.Namespace { return l.names.Globals }

// Bare is what names are looked up in after the answers of an interview that
// does without the names of the library. (Metadata, `suppress loading util`, in
// the section "Initial blocks".)
func (l *Library) Bare() *python.Namespace { return l.bare.Globals }

// Module finds a module of the library by its dotted name.
func (l *Library) Module(name string) (*python.Module, bool) {
	m, ok := l.modules[name]
	return m, ok
}

// Class finds a class of the library by module and name joined by a dot, or
// returns nil.
func (l *Library) Class(qualified string) *python.Class {
	i := strings.LastIndexByte(qualified, '.')
	if i < 0 {
		return nil
	}
	m, ok := l.modules[qualified[:i]]
	if !ok {
		return nil
	}
	v, _ := m.Globals.Get(qualified[i+1:])
	c, _ := v.(*python.Class)
	return c
}
