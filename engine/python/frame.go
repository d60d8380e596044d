package python

// function is the compiled form of a def, a lambda, a class body, a generator
// expression or a whole file. It is immutable and shared.
type function struct {
	name, qualname string
	file           string
	line           int
	interview      bool
	library        bool // not an author's

	params     []string // positional ones, then keyword-only ones; slots 0...
	posOnly    int      // of the positional ones
	positional int
	vararg     int // slot, or -1
	kwarg      int // slot, or -1

	vars       int // slots
	varNames   []string
	cells      int      // of its own
	cellNames  []string // its own, then free ones
	cellParams []cellParam
	generator  bool

	run func(fr *frame) (Value, error)
}

// cellParam is a parameter that functions inside use.
type cellParam struct{ slot, cell int }

// frame is a running function.
type frame struct {
	th      *Thread
	code    *function
	vars    []Value // nil: unbound
	cells   []*Cell
	globals *Namespace
	names   *Namespace // of a class body
	mapping Value      // where the metaclass wants them too, or nil
	ret     Value
	gen     *generator
	id      uint64
}

// place is a position in a file.
type place struct{ line, col int32 }

// fail notes in the traceback that err passed through fr at p. The first place
// noted in a frame stays.
func (fr *frame) fail(err error, p place) error {
	switch e := err.(type) {
	case *Raised:
		if e.at != fr.id {
			fr.trace(e, p)
		}
	case *BudgetError:
		if e.At.File == "" || e.library && !fr.code.library {
			e.At, e.library = fr.frameAt(p), fr.code.library
		}
	}
	return err
}

func (fr *frame) frameAt(p place) Frame {
	return Frame{File: fr.code.file, Line: int(p.line), Col: int(p.col), Func: fr.code.name}
}

func (fr *frame) trace(r *Raised, p place) {
	e := r.exc.Exception()
	if r.at == 0 {
		if h := fr.th.handling; h != nil && h != r.exc {
			unlinkContext(h, r.exc)
			e.Context = h
		}
	}
	r.again = false
	r.at = fr.id
	fr.th.small += 4 * sizeObject
	if len(e.Traceback) < 2000 {
		e.Traceback = append(e.Traceback, fr.frameAt(p))
	}
}

// unlinkContext takes exc out of the contexts of h, so that none goes in a circle.
func unlinkContext(h, exc *Instance) {
	for range 1000 {
		e := h.Exception()
		next, ok := e.Context.(*Instance)
		if !ok {
			return
		}
		if next == exc {
			e.Context = None
			return
		}
		h = next
	}
}
