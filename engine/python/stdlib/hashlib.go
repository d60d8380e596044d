package stdlib

import (
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
	"hash"
	"strings"

	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/blake2s"

	"colloquy/engine/python"
)

var hashClass *python.Class

// hashes are the algorithms of hashlib.
var hashes = map[string]func() hash.Hash{
	"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
	"sha3_224": func() hash.Hash { return sha3.New224() }, "sha3_256": func() hash.Hash { return sha3.New256() },
	"sha3_384": func() hash.Hash { return sha3.New384() }, "sha3_512": func() hash.Hash { return sha3.New512() },
	"blake2b": func() hash.Hash { h, _ := blake2b.New512(nil); return h }, "blake2s": func() hash.Hash { h, _ := blake2s.New256(nil); return h },
}

// digest is the state of a hash: what was put into it, so that it can be
// copied.
type digest struct {
	make func() hash.Hash
	name string
	size int
	unit int
	data []byte
}

// Class implements python.Value.
func (*digest) Class() *python.Class { return hashClass }

// CopyFor implements python.Copier.
func (d *digest) CopyFor(*python.Thread, func(python.Value) (python.Value, error)) (python.Value, error) {
	c := *d
	c.data = append([]byte(nil), d.data...)
	return &c, nil
}

func (d *digest) write(th *python.Thread, v python.Value) error {
	if _, ok := text(v); ok {
		return python.Errorf(python.TypeError, "Strings must be encoded before hashing")
	}
	b, ok := python.BytesOf(v)
	if !ok {
		return python.Errorf(python.TypeError, "object supporting the buffer API required")
	}
	if err := th.Alloc(len(b.Data())); err != nil {
		return err
	}
	d.data = append(d.data, b.Data()...)
	return nil
}

func (d *digest) sum(th *python.Thread) ([]byte, error) {
	if err := th.Ticks(len(d.data) / 64); err != nil {
		return nil, err
	}
	h := d.make()
	h.Write(d.data)
	return h.Sum(nil), nil
}

// newDigest returns a hash into which data, if it is not nil, is put.
func newDigest(th *python.Thread, name string, data python.Value) (python.Value, error) {
	make, ok := hashes[name]
	if !ok {
		return nil, python.Errorf(python.ValueError, "unsupported hash type %s", name)
	}
	h := make()
	d := &digest{make: make, name: name, size: h.Size(), unit: h.BlockSize()}
	if data != nil {
		if err := d.write(th, data); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func defineHashlib() {
	self := func(v python.Value) *digest { return v.(*digest) }
	hashClass = python.NewClass(python.ClassSpec{Name: "HASH", Module: "_hashlib", Final: true, Members: []python.Member{
		binary("update", func(th *python.Thread, v, data python.Value) (python.Value, error) {
			return python.None, self(v).write(th, data)
		}),
		unary("digest", func(th *python.Thread, v python.Value) (python.Value, error) {
			b, err := self(v).sum(th)
			return python.NewBytes(b), err
		}),
		unary("hexdigest", func(th *python.Thread, v python.Value) (python.Value, error) {
			b, err := self(v).sum(th)
			return str(hex.EncodeToString(b)), err
		}),
		unary("copy", func(th *python.Thread, v python.Value) (python.Value, error) { return self(v).CopyFor(th, nil) }),
		unary("__repr__", func(_ *python.Thread, v python.Value) (python.Value, error) {
			return str("<" + self(v).name + " _hashlib.HASH object>"), nil
		}),
		getter("name", func(v python.Value) python.Value { return str(self(v).name) }),
		getter("digest_size", func(v python.Value) python.Value { return python.Int(self(v).size) }),
		getter("block_size", func(v python.Value) python.Value { return python.Int(self(v).unit) }),
	}})
}

func fillHashlib(b *builder, ns *python.Namespace) error {
	names := python.NewSet()
	for name := range hashes {
		if strings.HasPrefix(name, "blake") {
			ns.Set(name, python.NewBuiltin(name, blake(name)))
			if err := names.Add(b.th, str(name)); err != nil {
				return err
			}
			continue
		}
		ns.Set(name, python.NewBuiltin(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			var data python.Value
			secure := true
			if err := a.Unpack(name, "string?", &data, "*", nil, "usedforsecurity?", &secure); err != nil {
				return nil, err
			}
			return newDigest(th, name, data)
		}))
		if err := names.Add(b.th, str(name)); err != nil {
			return err
		}
	}
	ns.Set("algorithms_available", names)
	ns.Set("algorithms_guaranteed", names)
	functions(ns, map[string]python.BuiltinFunc{
		"new": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var name string
			var data python.Value
			secure := true
			if err := a.Unpack("new", "name", &name, "data?", &data, "*", nil, "usedforsecurity?", &secure); err != nil {
				return nil, err
			}
			return newDigest(th, strings.ToLower(name), data)
		},
		"pbkdf2_hmac":    deriveKey,
		"compare_digest": compareDigest,
	})
	return nil
}

func deriveKey(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	var password, salt, length python.Value
	var rounds int
	if err := a.Unpack("pbkdf2_hmac", "hash_name", &name, "password", &password, "salt", &salt, "iterations", &rounds, "dklen?", &length); err != nil {
		return nil, err
	}
	make, ok := hashes[strings.ToLower(name)]
	if !ok {
		return nil, python.Errorf(python.ValueError, "unsupported hash type %s", name)
	}
	pass, err := wantBytes(password)
	if err != nil {
		return nil, err
	}
	s, err := wantBytes(salt)
	if err != nil {
		return nil, err
	}
	n := int64(make().Size())
	if !isNone(length) {
		if n, ok = python.IntOf(length); !ok || n < 1 || n > 1<<16 {
			return nil, python.Errorf(python.ValueError, "key length must be greater than 0 and at most 65536")
		}
	}
	if rounds < 1 {
		return nil, python.Errorf(python.ValueError, "iteration value must be greater than 0.")
	}
	blocks := int(n)/make().Size() + 1
	if rounds > 1<<30/blocks {
		return nil, python.Errorf(python.OverflowError, "iteration value is too great.")
	}
	if err := th.Ticks(rounds * blocks); err != nil {
		return nil, err
	}
	key, deriveErr := pbkdf2.Key(make, pass.Data(), []byte(s.Data()), rounds, int(n))
	if deriveErr != nil {
		return nil, python.Errorf(python.ValueError, "%v", deriveErr)
	}
	return python.NewBytes(key), nil
}

// compareDigest compares in a time that does not tell where two digests
// differ.
func compareDigest(_ *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("compare_digest", 2); err != nil {
		return nil, err
	}
	x, xIsText := text(a.Pos[0])
	y, yIsText := text(a.Pos[1])
	if xIsText && yIsText {
		if len(x.String()) != x.Len() || len(y.String()) != y.Len() {
			return nil, python.Errorf(python.TypeError, "comparing strings with non-ASCII characters is not supported")
		}
		return python.Bool(subtle.ConstantTimeCompare([]byte(x.String()), []byte(y.String())) == 1), nil
	}
	var data [2]string
	for i, v := range a.Pos {
		b, ok := python.BytesOf(v)
		if !ok && xIsText == yIsText {
			return nil, python.Errorf(python.TypeError, "unsupported operand types(s) or combination of types: '%s' and '%s'",
				a.Pos[0].Class().Name(), a.Pos[1].Class().Name())
		}
		if !ok {
			return nil, python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", v.Class().Name())
		}
		data[i] = b.Data()
	}
	return python.Bool(subtle.ConstantTimeCompare([]byte(data[0]), []byte(data[1])) == 1), nil
}

// blake makes a hash of the BLAKE2 family, which may have a key and a size.
func blake(name string) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		var data, key python.Value
		size, secure := hashes[name]().Size(), true
		most := size
		if err := a.Unpack(name, "/data?", &data, "*", nil, "digest_size?", &size, "key?", &key, "usedforsecurity?", &secure); err != nil {
			return nil, err
		}
		if size < 1 || size > most {
			return nil, python.Errorf(python.ValueError, "digest_size for %s must be between 1 and %d bytes, here it is %d", blakeTitle(name), most, size)
		}
		if name == "blake2s" && size != most && size != 16 {
			return nil, python.Errorf(python.ValueError, "blake2s gives 16 or 32 bytes here, not %d", size)
		}
		secret := []byte{}
		if key != nil {
			b, err := wantBytes(key)
			if err != nil {
				return nil, err
			}
			if secret = []byte(b.Data()); len(secret) > most {
				return nil, python.Errorf(python.ValueError, "maximum key length is %d bytes", most)
			}
		}
		v, err := newDigest(th, name, data)
		if err != nil {
			return nil, err
		}
		d := v.(*digest)
		d.size, d.make = size, blakeOf(name, size, secret)
		return d, nil
	}
}

func blakeTitle(name string) string { return "B" + name[1:] }

// blakeOf makes hashes of a size with a key.
func blakeOf(name string, size int, key []byte) func() hash.Hash {
	return func() hash.Hash {
		var h hash.Hash
		var err error
		switch {
		case name == "blake2b":
			h, err = blake2b.New(size, key)
		case size == 16:
			h, err = blake2s.New128(key)
		default:
			h, err = blake2s.New256(key)
		}
		if err != nil {
			return hashes[name]()
		}
		return h
	}
}
