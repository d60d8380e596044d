package stdlib

import (
	cryptorand "crypto/rand"
	byteorder "encoding/binary"
	"math"
	"math/big"
	"math/rand/v2"

	"colloquy/engine/python"
)

var generatorClass *python.Class

// generator is random.Random as far as it is written in Go: where numbers come
// from. It is the state behind the Python class Random, a module's functions
// and SystemRandom.
type generator struct {
	source rand.Source // nil: that of the evaluation
	seeded *rand.PCG   // source, if it can be copied
}

// Class returns the class of generators, which programs do not name.
func (*generator) Class() *python.Class { return generatorClass }

// CopyFor gives a thread its own copy of a generator in a shared module.
func (g *generator) CopyFor(_ *python.Thread, _ func(python.Value) (python.Value, error)) (python.Value, error) {
	c := *g
	if g.seeded != nil {
		p := *g.seeded
		c.seeded, c.source = &p, &p
	}
	return &c, nil
}

// Persist returns the state of a generator made from a seed, None of one that
// takes its numbers from the evaluation.
func (g *generator) Persist() python.Value {
	if g.seeded == nil {
		return python.None
	}
	state, err := g.seeded.MarshalBinary()
	if err != nil {
		return python.None
	}
	return python.NewBytes(state)
}

func restoreGenerator(data python.Value) (python.Value, error) {
	b, ok := data.(*python.Bytes)
	if !ok {
		return &generator{}, nil
	}
	p := rand.NewPCG(0, 0)
	if err := p.UnmarshalBinary([]byte(b.Data())); err != nil {
		return nil, errStored
	}
	return &generator{source: p, seeded: p}, nil
}

// cryptoSource gives numbers that nobody can foresee.
type cryptoSource struct{}

// Uint64 gives 64 random bits.
func (cryptoSource) Uint64() uint64 {
	var b [8]byte
	_, _ = cryptorand.Read(b[:]) // never fails
	return byteorder.LittleEndian.Uint64(b[:])
}

// numbers returns where the numbers of g come from.
func (g *generator) numbers(th *python.Thread) *rand.Rand {
	if g.source != nil {
		return rand.New(g.source)
	}
	if c, ok := th.Local().(Chance); ok {
		if r := c.Random(); r != nil {
			return r
		}
	}
	return rand.New(cryptoSource{})
}

// seed makes the numbers those that follow from v: an int, text or bytes, and
// the same each time.
func (g *generator) seed(th *python.Thread, v python.Value) error {
	if isNone(v) {
		g.source, g.seeded = nil, nil
		return nil
	}
	var data []byte
	switch x := python.Unwrap(v).(type) {
	case *python.Str:
		data = append([]byte{'s'}, x.String()...)
	case *python.Bytes:
		data = append([]byte{'b'}, x.Data()...)
	case python.Float:
		data = byteorder.LittleEndian.AppendUint64([]byte{'f'}, math.Float64bits(float64(x)))
	default:
		n, ok := python.BigOf(v)
		if !ok {
			return python.Errorf(python.TypeError, "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
		}
		data = append([]byte{'i'}, n.Abs(n).Bytes()...)
	}
	var a, b uint64 = 0x9e3779b97f4a7c15, 0xd1b54a32d192ed03
	for _, c := range data {
		a = (a ^ uint64(c)) * 0x100000001b3
		b = (b + a) * 0xff51afd7ed558ccd
		b ^= b >> 33
	}
	p := rand.NewPCG(a, b)
	g.source, g.seeded = p, p
	return th.Ticks(len(data) / 64)
}

// below returns a number in [0, n).
func below(r *rand.Rand, n *big.Int) *big.Int {
	if n.IsUint64() {
		return new(big.Int).SetUint64(r.Uint64N(n.Uint64()))
	}
	for {
		if x := bits(r, n.BitLen()); x.Cmp(n) < 0 {
			return x
		}
	}
}

// bits returns a number of k random bits.
func bits(r *rand.Rand, k int) *big.Int {
	buf := make([]byte, (k+7)/8)
	for i := range buf {
		buf[i] = byte(r.Uint32())
	}
	x := new(big.Int).SetBytes(buf)
	return x.Rsh(x, uint(len(buf)*8-k))
}

func generatorOf(v python.Value) *generator { return v.(*generator) }

func generatorMembers() []python.Member {
	draw := func(name string, fn func(r *rand.Rand) python.Value) python.Member {
		return unary(name, func(th *python.Thread, v python.Value) (python.Value, error) {
			return fn(generatorOf(v).numbers(th)), nil
		})
	}
	return []python.Member{
		binary("seed", func(th *python.Thread, v, seed python.Value) (python.Value, error) {
			return python.None, generatorOf(v).seed(th, seed)
		}),
		draw("random", func(r *rand.Rand) python.Value { return python.Float(r.Float64()) }),
		draw("normal", func(r *rand.Rand) python.Value { return python.Float(r.NormFloat64()) }),
		draw("exponential", func(r *rand.Rand) python.Value { return python.Float(r.ExpFloat64()) }),
		binary("below", func(th *python.Thread, v, n python.Value) (python.Value, error) {
			limit, err := integerOf(n)
			if err != nil {
				return nil, err
			}
			if limit.Sign() <= 0 {
				return nil, python.Errorf(python.ValueError, "empty range for randrange()")
			}
			return python.NewInt(below(generatorOf(v).numbers(th), limit)), nil
		}),
		binary("bits", func(th *python.Thread, v, k python.Value) (python.Value, error) {
			n, err := smallArg(k, 1<<20, "number of bits must be non-negative")
			if err != nil {
				return nil, err
			}
			return python.NewInt(bits(generatorOf(v).numbers(th), int(n))), nil
		}),
		binary("shuffle", func(th *python.Thread, v, list python.Value) (python.Value, error) {
			l, ok := python.Unwrap(list).(*python.List)
			if !ok {
				return nil, python.Errorf(python.TypeError, "'%s' object does not support item assignment", list.Class().Name())
			}
			generatorOf(v).numbers(th).Shuffle(len(l.Elems), func(i, j int) {
				l.Elems[i], l.Elems[j] = l.Elems[j], l.Elems[i]
			})
			return python.None, th.Ticks(len(l.Elems))
		}),
	}
}

func defineRandom() {
	generatorClass = python.NewClass(python.ClassSpec{Name: "generator", Module: "random", Members: generatorMembers(), Final: true,
		New: cannotMake("random.generator")})
}

func fillRandom(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{
		"_generator": func(*python.Thread, *python.Args) (python.Value, error) { return &generator{}, nil },
		"_system": func(*python.Thread, *python.Args) (python.Value, error) {
			return &generator{source: cryptoSource{}}, nil
		},
	})
	return nil
}
