package redis_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"colloquy/engine/kv"
	"colloquy/engine/outside/redis"
	"colloquy/engine/ports"
)

// rows are kv.Rows in memory.
type rows struct {
	mu   sync.Mutex
	all  map[string]kv.Row
	lost int // changes that came too late
}

func (r *rows) Load(_ context.Context, key string) (kv.Row, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.all[key], nil
}

func (r *rows) All(context.Context) ([]kv.Row, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Values(r.all)), nil
}

func (r *rows) Change(_ context.Context, list []kv.Row) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, row := range list {
		if r.all[row.Key].Rev != row.Rev {
			r.lost++
			return kv.ErrStale
		}
	}
	for _, row := range list {
		if row.Rev++; row.Body == nil {
			delete(r.all, row.Key)
			continue
		}
		r.all[row.Key] = row
	}
	return nil
}

// A keeper is one of those that the same tests are for.
type keeper struct {
	ports.KeyValue
	pass  func(time.Duration) // lets time pass
	loose bool                // it has words of its own for some errors
}

// onAll runs a test over the embedded commands, a server that is a library, and
// a Redis server if one is installed.
func onAll(t *testing.T, test func(t *testing.T, k keeper)) {
	t.Run("embedded", func(t *testing.T) {
		now := time.Now()
		space := &kv.Space{Rows: &rows{all: map[string]kv.Row{}}, Now: func() time.Time { return now }}
		test(t, keeper{space, func(d time.Duration) { now = now.Add(d) }, false})
	})
	t.Run("miniredis", func(t *testing.T) {
		m := miniredis.RunT(t)
		m.RequireAuth("secret")
		test(t, keeper{server(t, "redis://:secret@"+m.Addr()), m.FastForward, true})
	})
	bin, err := exec.LookPath("redis-server")
	if err != nil {
		t.Log("no redis-server is installed; miniredis stands in for it")
		return
	}
	t.Run("redis-server", func(t *testing.T) {
		test(t, keeper{server(t, started(t, bin)), time.Sleep, false})
	})
}

func server(t *testing.T, address string) *redis.Server {
	t.Helper()
	s, err := redis.Open(address, 2, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// started starts a Redis server that ends with the test.
func started(t *testing.T, bin string) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	ln.Close()
	cmd := exec.Command(bin, "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", t.TempDir())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for s := bufio.NewScanner(out); s.Scan(); {
		if strings.Contains(s.Text(), "Ready to accept connections") {
			go func() {
				for s.Scan() {
				}
			}()
			return "redis://127.0.0.1:" + port
		}
	}
	t.Fatal("the Redis server did not start")
	return ""
}

// shown is a reply in a line; {..} is in no order.
func shown(reply any, ordered bool) string {
	switch r := reply.(type) {
	case nil:
		return "nil"
	case string:
		return fmt.Sprintf("%q", r)
	case []any:
		all := make([]string, len(r))
		for i, e := range r {
			all[i] = shown(e, ordered)
		}
		if !ordered {
			slices.Sort(all)
			return "{" + strings.Join(all, " ") + "}"
		}
		return "[" + strings.Join(all, " ") + "]"
	}
	return fmt.Sprint(reply)
}

// Each line of testdata/commands.txt is a command and what is replied; a reply in
// braces is in no order. An empty line forgets all keys.
func TestCommandsReplyAsRedisDoes(t *testing.T) {
	text, err := os.ReadFile("testdata/commands.txt")
	if err != nil {
		t.Fatal(err)
	}
	onAll(t, func(t *testing.T, k keeper) {
		n := 0
		for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			if line == "" {
				forget(t, k)
				continue
			}
			command, want, ok := strings.Cut(line, " => ")
			if !ok {
				t.Fatalf("line %d: no reply", i+1)
			}
			n++
			reply, err := k.Do(t.Context(), words(command)...)
			got := shown(reply, !strings.HasPrefix(want, "{"))
			var wrong *ports.CommandError
			if errors.As(err, &wrong) {
				if got = wrong.Text; k.loose && strings.HasPrefix(want, "ERR ") {
					got = want
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("line %d: %s\n got %s\nwant %s", i+1, command, got, want)
			}
		}
		if n < 100 {
			t.Errorf("only %d commands were run", n)
		}
	})
}

// words splits a command; ” is the empty text, \x00 a byte.
func words(command string) []string {
	list := strings.Fields(command)
	for i, w := range list {
		if w == "''" {
			list[i] = ""
		}
		list[i] = strings.ReplaceAll(list[i], `\xff`, "\xff")
	}
	return list
}

func forget(t *testing.T, k keeper) {
	t.Helper()
	keys, err := k.Do(t.Context(), "KEYS", "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys.([]any) {
		if _, err := k.Do(t.Context(), "DEL", key.(string)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestKeysExpire(t *testing.T) {
	onAll(t, func(t *testing.T, k keeper) {
		do := func(want string, args ...string) {
			t.Helper()
			reply, err := k.Do(t.Context(), args...)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(reply, !strings.HasPrefix(want, "{")); got != want {
				t.Errorf("%v: got %s, want %s", args, got, want)
			}
		}
		do(`"OK"`, "SET", "a", "1", "PX", "3000")
		do("1", "RPUSH", "l", "x")
		do("1", "PEXPIRE", "l", "3000")
		do(`"OK"`, "SET", "b", "1", "PX", "3000")
		do("2", "INCR", "b") // lives no longer
		do(`"OK"`, "SET", "c", "1", "PX", "3000")
		do(`"OK"`, "SET", "c", "2") // lives for ever
		do(`"OK"`, "SET", "d", "1", "PX", "3000")
		do("1", "PERSIST", "d")
		do(`"OK"`, "SET", "e", "1", "PX", "3000")
		do(`"OK"`, "RENAME", "e", "f") // takes its time along
		do(`"1"`, "GET", "a")
		k.pass(3500 * time.Millisecond)
		do("nil", "GET", "a")
		do("0", "EXISTS", "a", "b", "e", "f", "l")
		do("-2", "TTL", "a")
		do(`"2"`, "GET", "c")
		do("-1", "TTL", "d")
		do(`{"c" "d"}`, "KEYS", "*")
		do("1", "INCR", "b")
		do("1", "RPUSH", "l", "y")
		do("-1", "TTL", "l")
	})
}

// Counters lose no step and lists no item, however many write at once.
func TestNothingIsLostInACrowd(t *testing.T) {
	onAll(t, func(t *testing.T, k keeper) {
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				for range 25 {
					for _, command := range [][]string{{"INCR", "n"}, {"RPUSH", "l", "x"}} {
						if _, err := k.Do(t.Context(), command...); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		wait.Wait()
		for command, want := range map[string]string{"GET n": `"200"`, "LLEN l": "200"} {
			reply, err := k.Do(t.Context(), strings.Fields(command)...)
			if err != nil || shown(reply, true) != want {
				t.Errorf("%s: %v %v, want %s", command, reply, err, want)
			}
		}
	})
}

// Who works behind a prefix neither sees nor reaches the keys of others.
func TestAPrefixHoldsAllKeys(t *testing.T) {
	onAll(t, func(t *testing.T, k keeper) {
		within := func(prefix, command string) string {
			t.Helper()
			args := strings.Fields(command)
			c, err := kv.Find(args)
			if err != nil {
				t.Fatal(err)
			}
			scoped, strip := c.Within(prefix, args)
			reply, err := k.Do(t.Context(), scoped...)
			if err != nil {
				t.Fatal(err)
			}
			return shown(strip(reply), false)
		}
		for _, command := range []string{"MSET a 1 b 2", "RPUSH l x", "SADD s x", "RPOPLPUSH l m", "SMOVE s t x", "RENAME a c"} {
			within("one*:", command)
		}
		for _, tt := range [][3]string{
			{"one*:", "KEYS *", `{"b" "c" "m" "t"}`}, {"one*:", "KEYS ?", `{"b" "c" "m" "t"}`}, {"one*:", "MGET c b", `{"1" "2"}`},
			{"one2:", "KEYS *", "{}"}, {"one2:", "MGET b c", "{nil nil}"}, {"one2:", "DEL b c m t", "0"}, {"one2:", "SINTER t", "{}"},
			{"", "KEYS *", `{"one*:b" "one*:c" "one*:m" "one*:t"}`},
		} {
			if got := within(tt[0], tt[1]); got != tt[2] {
				t.Errorf("%s behind %q: got %s, want %s", tt[1], tt[0], got, tt[2])
			}
		}
	})
}

// A server that is not there is an error of the command, not of the start, and
// names no password.
func TestAServerThatIsNotThere(t *testing.T) {
	s := server(t, "redis://user:hidden@127.0.0.1:1")
	_, err := s.Do(t.Context(), "GET", "a")
	var wrong *ports.CommandError
	if err == nil || errors.As(err, &wrong) || strings.Contains(err.Error(), "hidden") {
		t.Errorf("got %v", err)
	}
}

// One key does not grow for ever where the database keeps it.
func TestAKeyHasASize(t *testing.T) {
	space := &kv.Space{Rows: &rows{all: map[string]kv.Row{}}, Now: time.Now}
	_, err := space.Do(t.Context(), "SET", "a", strings.Repeat("x", 17<<20))
	if err == nil || err.Error() != "ERR a key may hold 16 MiB here; keep less, or configure a Redis server" {
		t.Errorf("got %v", err)
	}
}
