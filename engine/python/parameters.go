package python

// A Parameter is one of a function written in Python.
type Parameter struct {
	Name    string
	Kind    int   // 0 positional-only, 1 positional or keyword, 2 *args, 3 keyword-only, 4 **kwargs
	Default Value // nil: none
}

// Parameters returns the parameters in their order.
func (f *Function) Parameters() []Parameter {
	c := f.code
	var out []Parameter
	for i, name := range c.params[:c.positional] {
		p := Parameter{Name: name}
		if i >= c.posOnly {
			p.Kind = 1
		}
		if d := i - (c.positional - len(f.defaults)); d >= 0 {
			p.Default = f.defaults[d]
		}
		out = append(out, p)
	}
	if c.vararg >= 0 {
		out = append(out, Parameter{Name: c.varNames[c.vararg], Kind: 2})
	}
	for i, name := range c.params[c.positional:] {
		p := Parameter{Name: name, Kind: 3}
		if i < len(f.kwDefaults) {
			p.Default = f.kwDefaults[i]
		}
		out = append(out, p)
	}
	if c.kwarg >= 0 {
		out = append(out, Parameter{Name: c.varNames[c.kwarg], Kind: 4})
	}
	return out
}

// IsGenerator reports whether calling the function makes a generator.
func (f *Function) IsGenerator() bool { return f.code.generator }

// Write puts data at an offset of a bytearray; ok is false if it does not fit.
func (b *ByteArray) Write(at int, data []byte) (ok bool) {
	if at < 0 || at+len(data) > len(b.b) {
		return false
	}
	copy(b.b[at:], data)
	return true
}
