package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/fault"
	"colloquy/engine/ports"
	"colloquy/engine/python"
)

// alarmPause is how long nobody is told again of mistakes that one visitor met.
const alarmPause = time.Minute

// alarms remembers of which visitors' mistakes somebody was told lately.
type alarms struct {
	mu   sync.Mutex
	told map[string]time.Time // by address of the visitor
}

// due reports whether a mistake of a visitor may be told of now.
func (a *alarms) due(visitor string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for v, at := range a.told {
		if now.Sub(at) >= alarmPause {
			delete(a.told, v)
		}
	}
	if _, told := a.told[visitor]; told {
		return false
	}
	if a.told == nil {
		a.told = map[string]time.Time{}
	}
	a.told[visitor] = now
	return true
}

// alarm mails where something went wrong to those whom the configuration names
// ("error notification email"): never what was asked for, answered or said.
func (s *site) alarm(c *fiber.Ctx, err error) {
	kind := fault.KindOf(err).String()
	if raised, ok := python.AsRaised(err); ok {
		kind = raised.Class().Name()
	}
	to := s.Config.Alarm.To
	if len(to) == 0 || s.Mailer == nil || slices.Contains(s.Config.Alarm.Except, kind) || !s.alarms.due(s.caller(c), time.Now()) {
		return
	}
	lines := []string{"Something went wrong on " + s.address(c) + ".", "", "What: " + kind, "Page: " + c.Route().Path}
	if name, ok := c.Locals(localInterview).(string); ok {
		lines = append(lines, "Interview: "+name)
	}
	if pos, ok := fault.PositionOf(err); ok {
		lines = append(lines, "At: "+pos.String())
	}
	lines = append(lines, "", "The log of the server has a line about it. People's answers are in neither.")
	m := ports.Mail{To: to, Subject: s.Config.AppName + ": " + kind, Text: strings.Join(lines, "\n") + "\n",
		Key: fmt.Sprintf("alarm-%d", time.Now().UnixNano())}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if _, err := s.Mailer.Send(ctx, m); err != nil {
			s.Log.Error("nobody could be told by mail that a request failed", "error", err)
		}
	}()
}
