package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// perStream is how many objects are packed into one compressed stream.
const perStream = 200

// A saver writes what can be reached from a file's catalogue, numbered in the
// order in which it is met: the same file gives the same bytes, whenever and
// wherever it is written.
type saver struct {
	f       *file
	numbers map[int]int // number in the file -> number that is written
	objects []types.Object
	out     bytes.Buffer
	entries []entry // by number that is written; 0 is unused
	lock    *lock
}

// An entry tells where an object is: at an offset, or in a stream of objects.
type entry struct {
	kind byte // 1: at offset a, 2: in stream a at place b
	a, b int
}

// bytes writes the file.
func (f *file) bytes(p Passwords) ([]byte, error) {
	s := &saver{f: f, numbers: map[int]int{}}
	root := f.root()
	delete(root, "Version")
	rootNumber := s.number(*f.x.Root)
	info := 0
	if f.x.Info != nil && f.dict(*f.x.Info) != nil {
		info = s.number(*f.x.Info)
	}
	var bodies [][]byte
	for i := 0; i < len(s.objects); i++ { // grows as references are met
		var b bytes.Buffer
		s.write(&b, s.objects[i])
		bodies = append(bodies, b.Bytes())
	}
	id := s.identity(bodies)
	if p.User != "" || p.Owner != "" {
		l, err := newLock(p, id)
		if err != nil {
			return nil, err
		}
		s.lock = l
	}
	s.out.WriteString("%PDF-" + f.version(s.lock != nil) + "\n%\xe2\xe3\xcf\xd3\n")
	s.entries = make([]entry, len(s.objects)+1)
	s.writeObjects(bodies)
	s.writeEnd(rootNumber, info, id[:16])
	return s.out.Bytes(), nil
}

// version is the version of the language: streams of objects need 1.5, this
// encryption 2.0.
func (f *file) version(locked bool) string {
	if v := f.x.VersionString(); v == "2.0" || locked {
		return "2.0"
	}
	return "1.7"
}

// identity is a digest of all that is written.
func (s *saver) identity(bodies [][]byte) []byte {
	h := sha256.New()
	for i, b := range bodies {
		h.Write(b)
		if stream, ok := s.objects[i].(types.StreamDict); ok {
			h.Write(stream.Raw)
		}
	}
	return h.Sum(nil)
}

// number gives the number under which an object is written.
func (s *saver) number(ref types.IndirectRef) int {
	n := ref.ObjectNumber.Value()
	if known, ok := s.numbers[n]; ok {
		return known
	}
	o := s.f.get(ref)
	if o == nil {
		s.numbers[n] = 0
		return 0
	}
	s.objects = append(s.objects, o)
	s.numbers[n] = len(s.objects)
	return len(s.objects)
}

// writeObjects writes streams one by one and all else packed into streams.
func (s *saver) writeObjects(bodies [][]byte) {
	var small []int
	for i, body := range bodies {
		stream, ok := s.objects[i].(types.StreamDict)
		if !ok {
			small = append(small, i+1)
			continue
		}
		s.writeStream(i+1, body, stream.Raw)
	}
	for chunk := range slices.Chunk(small, perStream) {
		s.pack(chunk, bodies)
	}
}

// writeStream writes a stream whose entries, without their length, are in head.
func (s *saver) writeStream(n int, head, raw []byte) {
	if s.lock != nil {
		raw = s.lock.seal(n, raw)
	}
	s.entries[n] = entry{1, s.out.Len(), 0}
	fmt.Fprintf(&s.out, "%d 0 obj\n<<%s/Length %d>>\nstream\n", n, head, len(raw))
	s.out.Write(raw)
	s.out.WriteString("\nendstream\nendobj\n")
}

func (s *saver) pack(numbers []int, bodies [][]byte) {
	s.entries = append(s.entries, entry{})
	stream := len(s.entries) - 1
	var head, all bytes.Buffer
	for i, n := range numbers {
		fmt.Fprintf(&head, "%d %d ", n, all.Len())
		all.Write(bodies[n-1])
		all.WriteByte('\n')
		s.entries[n] = entry{2, stream, i}
	}
	first := head.Len()
	head.Write(all.Bytes())
	s.writeStream(stream, fmt.Appendf(nil, "/Type/ObjStm/N %d/First %d/Filter/FlateDecode", len(numbers), first), deflate(head.Bytes()))
}

// writeEnd writes the table of objects and where it is.
func (s *saver) writeEnd(root, info int, id []byte) {
	locked := 0
	if s.lock != nil {
		locked = len(s.entries)
		s.entries = append(s.entries, entry{1, s.out.Len(), 0})
		fmt.Fprintf(&s.out, "%d 0 obj\n%s\nendobj\n", locked, s.lock.dict())
	}
	start := s.out.Len()
	n := len(s.entries)
	s.entries = append(s.entries, entry{1, start, 0})
	table := make([]byte, 0, 7*len(s.entries))
	for _, e := range s.entries {
		table = append(table, e.kind)
		table = binary.BigEndian.AppendUint32(table, uint32(e.a))
		table = binary.BigEndian.AppendUint16(table, uint16(e.b))
	}
	raw := deflate(table)
	fmt.Fprintf(&s.out, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R", n, n+1, root)
	if info != 0 {
		fmt.Fprintf(&s.out, "/Info %d 0 R", info)
	}
	if locked != 0 {
		fmt.Fprintf(&s.out, "/Encrypt %d 0 R", locked)
	}
	fmt.Fprintf(&s.out, "/ID[<%x><%x>]/Filter/FlateDecode/Length %d>>\nstream\n", id, id, len(raw))
	s.out.Write(raw)
	fmt.Fprintf(&s.out, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", start)
}

// write writes an object; of a stream its entries but not their brackets, nor
// the length, which depends on encryption.
func (s *saver) write(b *bytes.Buffer, o types.Object) {
	switch v := o.(type) {
	case types.Dict:
		b.WriteString("<<")
		s.writeEntries(b, v)
		b.WriteString(">>")
	case types.StreamDict:
		s.writeEntries(b, without(v.Dict, "Length"))
	case types.Array:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteByte(' ')
			}
			s.write(b, item)
		}
		b.WriteByte(']')
	case types.IndirectRef:
		if n := s.number(v); n != 0 {
			fmt.Fprintf(b, "%d 0 R", n)
		} else {
			b.WriteString("null")
		}
	default:
		writeScalar(b, o)
	}
}

func writeScalar(b *bytes.Buffer, o types.Object) {
	switch v := o.(type) {
	case nil:
		b.WriteString("null")
	case types.Name:
		b.WriteString("/" + types.EncodeName(string(v)))
	case types.StringLiteral:
		raw, err := types.Unescape(string(v))
		if err != nil {
			raw = []byte(v)
		}
		fmt.Fprintf(b, "<%x>", raw)
	case types.HexLiteral:
		raw, err := v.Bytes()
		if err != nil {
			raw = nil
		}
		fmt.Fprintf(b, "<%x>", raw)
	case types.Integer:
		b.WriteString(strconv.Itoa(int(v)))
	case types.Float:
		b.WriteString(decimal(float64(v)))
	case types.Boolean:
		b.WriteString(strconv.FormatBool(bool(v)))
	default:
		b.WriteString(o.PDFString())
	}
}

func (s *saver) writeEntries(b *bytes.Buffer, d types.Dict) {
	keys := make([]string, 0, len(d))
	for k := range d {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		b.WriteString("/" + types.EncodeName(k) + " ")
		s.write(b, d[k])
	}
}

func without(d types.Dict, key string) types.Dict {
	out := make(types.Dict, len(d))
	for k, v := range d {
		if k != key {
			out[k] = v
		}
	}
	return out
}

// decimal writes a number as PDF has them: no exponents, four places at most.
func decimal(v float64) string {
	s := strconv.FormatFloat(v, 'f', 4, 64)
	s = trimZeros(s)
	if s == "-0" {
		return "0"
	}
	return s
}

func trimZeros(s string) string {
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}

// deflate compresses.
func deflate(content []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(content) // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}
