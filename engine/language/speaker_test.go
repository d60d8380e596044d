package language

import (
	"sync"
	"testing"
	"time"
)

// Speakers share tables; the race detector watches.
func TestSpeakersAtTheSameTime(t *testing.T) {
	at := time.Date(2024, 3, 5, 15, 4, 9, 0, time.UTC)
	var all sync.WaitGroup
	for _, lang := range []string{"en", "en_GB", "es", "es_MX", "fr_CA", "pt_PT", "de_AT", "zh_TW"} {
		all.Go(func() {
			s := Speaker{Lang: lang}
			for range 20 {
				if s.FormatDateTime(at, "full") == "" || s.NounPlural("child") == "" || s.VerbPast("go", "") == "" || s.Word("Yes") == "" {
					t.Errorf("%s has nothing to say", lang)
				}
			}
		})
	}
	all.Wait()
}

func TestTheZeroSpeakerSpeaksEnglish(t *testing.T) {
	var s Speaker
	if got := s.Word("This field is required."); got != "You need to fill this in." {
		t.Errorf("Word = %q", got)
	}
	if got := s.In("fr").In("").Lang; got != "fr" {
		t.Errorf("In with no language gives %q", got)
	}
	for verb, want := range map[string]string{"help": "helped", "": ""} {
		if got := s.VerbPast(verb, ""); got != want {
			t.Errorf("VerbPast(%q) = %q, want %q", verb, got, want)
		}
	}
	if got := s.VerbPresent("helped", ""); got != "helps" {
		t.Errorf("VerbPresent = %q", got)
	}
	if got := s.In("es").VerbPast("ayudar", ""); got != "ayudar" {
		t.Errorf("Spanish verb = %q", got)
	}
}
