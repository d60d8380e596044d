package transcript

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// TestThousandSessions runs a thousand sessions, many at a time, over one
// module that keeps things; none sees what another one left there.
func TestThousandSessions(t *testing.T) {
	text, err := os.ReadFile("testdata/sessions/interleaved.txtar")
	if err != nil {
		t.Fatal(err)
	}
	tr, err := Parse("interleaved.txtar", text)
	if err != nil {
		t.Fatal(err)
	}
	stage, err := NewStage([]*Transcript{tr})
	if err != nil {
		t.Fatal(err)
	}
	const sessions, atATime = 1000, 50
	players := make([]*player, sessions)
	for i := range players {
		r, err := stage.open(tr)
		if err != nil {
			t.Fatal(err)
		}
		players[i] = &player{t: tr, room: r, ctx: t.Context(), people: map[string]*person{}}
		if err := players[i].as("visitor"); err != nil {
			t.Fatal(err)
		}
	}
	// each wave opens some sessions while the ones before answer and look again
	for wave := 0; wave*atATime < sessions+2*atATime; wave++ {
		var all sync.WaitGroup
		for phase := range 3 {
			for k := range atATime {
				i := (wave-phase)*atATime + k
				if i < 0 || i >= sessions {
					continue
				}
				all.Go(func() {
					if err := inPhase(players[i], phase, 1000+i); err != nil {
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
	}
}

// inPhase takes a session one request further: it is opened, answers, looks
// again.
func inPhase(p *player, phase, number int) error {
	p.out.Reset()
	var err error
	switch phase {
	case 0:
		err = p.arrive(nil)
	case 1:
		err = p.say(fmt.Sprintf("number=%d", number))
	default:
		err = p.say("reload")
	}
	if err != nil {
		return err
	}
	want := "[Which number?]"
	if phase > 0 {
		want = fmt.Sprintf("[([], 0, 0, 0, []) ([(%d, 20)], %d, %d, 20, [%d])]", number, 20*number, 20*number, number)
		own := fmt.Sprintf("(0, 0) [%d] 1", number)
		if phase == 1 {
			own = fmt.Sprintf("(%d, 20) [%d] 1", 20*number, number)
		}
		want += "\n  " + own
	}
	if got := p.out.String(); !strings.HasPrefix(got, want) {
		return fmt.Errorf("session %d, request %d: got %s, want %s", number, phase, got, want)
	}
	return nil
}
