package stdlib

import (
	cryptorand "crypto/rand"
	"crypto/sha512"
	byteorder "encoding/binary"
	"math/big"

	"colloquy/engine/python"
)

var generatorClass *python.Class

// generator is random.Random as far as it is written in Go: where numbers come
// from. It is the state behind the Python class Random, a module's functions
// and SystemRandom.
type generator struct {
	seeded *twister // nil: the numbers are those of the evaluation
	secret bool     // nobody can foresee the numbers
}

// Class returns the class of generators, which programs do not name.
func (*generator) Class() *python.Class { return generatorClass }

// CopyFor gives a thread its own copy of a generator in a shared module.
func (g *generator) CopyFor(_ *python.Thread, _ func(python.Value) (python.Value, error)) (python.Value, error) {
	c := *g
	if g.seeded != nil {
		t := *g.seeded
		c.seeded = &t
	}
	return &c, nil
}

// Persist returns the state of a generator made from a seed, None of one that
// takes its numbers from the evaluation.
func (g *generator) Persist() python.Value {
	if g.seeded == nil {
		return python.None
	}
	b := byteorder.LittleEndian.AppendUint32(nil, uint32(g.seeded.at))
	for _, w := range g.seeded.state {
		b = byteorder.LittleEndian.AppendUint32(b, w)
	}
	return python.NewBytes(b)
}

func restoreGenerator(data python.Value) (python.Value, error) {
	b, ok := data.(*python.Bytes)
	if !ok {
		return &generator{}, nil
	}
	if len(b.Data()) != 4*(twisterSize+1) { // of an older kind
		return &generator{}, nil
	}
	raw := []byte(b.Data())
	t := &twister{at: int(min(byteorder.LittleEndian.Uint32(raw), twisterSize))}
	for i := range t.state {
		t.state[i] = byteorder.LittleEndian.Uint32(raw[4*i+4:])
	}
	return &generator{seeded: t}, nil
}

// words returns what gives the words of g, 32 bits at a time.
func (g *generator) words(th *python.Thread) func() uint32 {
	if g.seeded != nil {
		return g.seeded.word
	}
	if c, ok := th.Local().(Chance); ok && !g.secret {
		if r := c.Random(); r != nil {
			return r.Uint32
		}
	}
	return func() uint32 {
		var b [4]byte
		_, _ = cryptorand.Read(b[:]) // never fails
		return byteorder.LittleEndian.Uint32(b[:])
	}
}

// seed makes the numbers those that follow from v: an int, a float, text or
// bytes, and the same each time.
func (g *generator) seed(th *python.Thread, v python.Value) error {
	if isNone(v) {
		g.seeded = nil
		return nil
	}
	n := new(big.Int)
	switch x := python.Unwrap(v).(type) {
	case *python.Str:
		sum := sha512.Sum512([]byte(x.String()))
		n.SetBytes(append([]byte(x.String()), sum[:]...))
	case *python.Bytes:
		sum := sha512.Sum512([]byte(x.Data()))
		n.SetBytes(append([]byte(x.Data()), sum[:]...))
	case python.Float:
		h, err := th.Hash(x)
		if err != nil {
			return err
		}
		n.SetUint64(uint64(h))
	default:
		i, ok := python.BigOf(v)
		if !ok {
			return python.Errorf(python.TypeError, "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
		}
		n.Abs(i)
	}
	g.seeded = &twister{}
	g.seeded.plantNumber(n)
	return th.Ticks(32 + n.BitLen()/64)
}

// bits returns a number of k random bits.
func bits(word func() uint32, k int) *big.Int {
	buf := make([]byte, 0, (k+31)/32*4)
	for left := k; left > 0; left -= 32 {
		w := word()
		if left < 32 {
			w >>= 32 - left
		}
		buf = append(buf, byte(w), byte(w>>8), byte(w>>16), byte(w>>24))
	}
	for i, j := 0, len(buf)-1; i < j; i, j = i+1, j-1 {
		buf[i], buf[j] = buf[j], buf[i]
	}
	return new(big.Int).SetBytes(buf)
}

// below returns a number in [0, n), of a n above 0.
func below(word func() uint32, n *big.Int) *big.Int {
	for {
		if x := bits(word, n.BitLen()); x.Cmp(n) < 0 {
			return x
		}
	}
}

// smallBelow is below for numbers of at most 32 bits.
func smallBelow(word func() uint32, n uint32) uint32 {
	shift := 32
	for k := n; k > 0; k >>= 1 {
		shift--
	}
	for {
		if x := word() >> shift; x < n {
			return x
		}
	}
}

func generatorOf(v python.Value) *generator { return v.(*generator) }

func generatorMembers() []python.Member {
	return []python.Member{
		binary("seed", func(th *python.Thread, v, seed python.Value) (python.Value, error) {
			return python.None, generatorOf(v).seed(th, seed)
		}),
		unary("random", func(th *python.Thread, v python.Value) (python.Value, error) {
			word := generatorOf(v).words(th)
			a, b := word()>>5, word()>>6
			return python.Float((float64(a)*(1<<26) + float64(b)) / (1 << 53)), nil
		}),
		binary("below", drawBelow),
		binary("bits", func(th *python.Thread, v, k python.Value) (python.Value, error) {
			n, err := smallArg(th, k, 1<<26, "number of bits must be non-negative")
			if err != nil {
				return nil, err
			}
			if err := th.Alloc(int(n) / 8); err != nil {
				return nil, err
			}
			return python.NewInt(bits(generatorOf(v).words(th), int(n))), th.Ticks(int(n) / 256)
		}),
		binary("shuffle", func(th *python.Thread, v, list python.Value) (python.Value, error) {
			l, ok := python.Unwrap(list).(*python.List)
			if !ok {
				return nil, python.Errorf(python.TypeError, "'%s' object does not support item assignment", list.Class().Name())
			}
			word := generatorOf(v).words(th)
			for i := len(l.Elems) - 1; i > 0; i-- {
				j := smallBelow(word, uint32(i+1))
				l.Elems[i], l.Elems[j] = l.Elems[j], l.Elems[i]
			}
			return python.None, th.Ticks(len(l.Elems))
		}),
		unary("getstate", generatorState), binary("setstate", setGeneratorState),
	}
}

func drawBelow(th *python.Thread, v, n python.Value) (python.Value, error) {
	word := generatorOf(v).words(th)
	if i, ok := python.IntOf(n); ok && i > 0 && i < 1<<32 {
		return python.Int(smallBelow(word, uint32(i))), nil
	}
	limit, err := integerOf(th, n)
	if err != nil {
		return nil, err
	}
	if limit.Sign() <= 0 {
		return python.Int(0), nil
	}
	return python.NewInt(below(word, limit)), th.Ticks(limit.BitLen() / 256)
}

// generatorState returns the words of a seeded generator and which is next. One
// without a seed gets the seed of which it would not have known.
func generatorState(th *python.Thread, v python.Value) (python.Value, error) {
	g := generatorOf(v)
	if g.secret {
		return nil, python.Errorf(python.NotImplementedError, "System entropy source does not have state.")
	}
	if g.seeded == nil {
		seed := bits(g.words(th), 256)
		g.seeded = &twister{}
		g.seeded.plantNumber(seed)
	}
	words := make([]python.Value, 0, twisterSize+1)
	for _, w := range g.seeded.state {
		words = append(words, python.Int(w))
	}
	return python.NewTuple(append(words, python.Int(g.seeded.at))...), nil
}

func setGeneratorState(_ *python.Thread, v, state python.Value) (python.Value, error) {
	words, ok := python.Unwrap(state).(*python.Tuple)
	if !ok {
		return nil, python.Errorf(python.TypeError, "state vector must be a tuple")
	}
	if len(words.Elems) != twisterSize+1 {
		return nil, python.Errorf(python.ValueError, "state vector is the wrong size")
	}
	t := &twister{}
	for i, w := range words.Elems {
		n, ok := python.IntOf(w)
		if !ok {
			return nil, python.Errorf(python.TypeError, "'%s' object cannot be interpreted as an integer", w.Class().Name())
		}
		if i < twisterSize {
			t.state[i] = uint32(n)
			continue
		}
		if n < 0 || n > twisterSize {
			return nil, python.Errorf(python.ValueError, "invalid state")
		}
		t.at = int(n)
	}
	generatorOf(v).seeded = t
	return python.None, nil
}

func defineRandom() {
	generatorClass = python.NewClass(python.ClassSpec{Name: "generator", Module: "random", Members: generatorMembers(), Final: true,
		New: cannotMake("random.generator")})
}

func fillRandom(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{
		"_generator": func(*python.Thread, *python.Args) (python.Value, error) { return &generator{}, nil },
		"_system":    func(*python.Thread, *python.Args) (python.Value, error) { return &generator{secret: true}, nil },
	})
	return nil
}
