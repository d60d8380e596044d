package run

import (
	"encoding/json"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
	"colloquy/engine/screen"
	"colloquy/engine/solve"
)

// LocationInput is in which field of a form the page says where its browser is,
// if the interview asks for that with track_location.
const LocationInput = "_track_location"

// locationNote is where the book keeps what a visitor's browser said.
func locationNote(stack string) string { return "location " + stack }

// locate notes where the browser is, or why it does not say so.
func (s *step) locate() {
	for _, v := range s.q.Form.Values {
		var said struct {
			Latitude, Longitude *float64
			Error               string
		}
		if v.Name != LocationInput || json.Unmarshal([]byte(v.Text), &said) != nil {
			continue
		}
		d := python.NewDict()
		switch {
		case said.Error != "":
			d.SetStr("error", python.Outside(said.Error))
		case said.Latitude != nil && said.Longitude != nil && *said.Latitude >= -90 && *said.Latitude <= 90 &&
			*said.Longitude >= -180 && *said.Longitude <= 180:
			d.SetStr("latitude", python.Float(*said.Latitude))
			d.SetStr("longitude", python.Float(*said.Longitude))
		default:
			continue
		}
		s.state.Book.Misc[locationNote(s.q.Visitor.Stack)] = d
	}
}

// located tells an evaluation what the visitor's browser said.
func (s *step) located(solver *solve.Solver) {
	if d, ok := s.state.Book.Misc[locationNote(s.q.Visitor.Stack)]; ok {
		solver.Place().Facts[evaluation.LocationFact] = d
	}
}

// track has a page say where its browser is if the interview wants that.
func (s *step) track(scr *screen.Screen) {
	v, ok := s.state.Answers.Get("track_location")
	scr.TrackLocation = ok && v == python.Value(python.True)
}
