package session_test

import (
	"runtime"
	"strconv"
	"testing"

	"colloquy/engine/session"
)

// What a reading says it takes in memory is near what it takes: not a third of
// it, nor twice as much.
func TestMemoryOfReadings(t *testing.T) {
	for name, code := range map[string]string{
		"text":    "for n in range(NUM):\n  names['name' + str(n)] = 'value ' + str(n)",
		"lists":   "for n in range(NUM):\n  names['name' + str(n)] = ['x']",
		"objects": "class P:\n  pass\nfor n in range(NUM):\n  p = P()\n  p.first = 'Ann'\n  p.last = str(n)\n  names['n' + str(n)] = p",
	} {
		for _, n := range []int{10, 100, 1000} {
			st := session.New(nil, at)
			exec(t, st, "names = {}\nNUM = "+strconv.Itoa(n)+"\n"+code)
			full := encode(t, nil, st).Full()
			readings := make([]*session.Reading, 200)
			before := inUse()
			for i := range readings {
				r, err := session.Read(append([]byte(nil), full...))
				if err != nil {
					t.Fatal(err)
				}
				readings[i] = r
			}
			took := (inUse() - before) / len(readings)
			if said := readings[0].Memory(); took > 3*said || said > 2*took {
				t.Errorf("%s, %d of them: %d bytes take %d in memory, said to be %d", name, n, len(full), took, said)
			}
			runtime.KeepAlive(readings)
		}
	}
}

func inUse() int {
	for range 3 {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}
