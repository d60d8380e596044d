package solve

import (
	"colloquy/engine/ask"
)

// MailDocuments mails the documents of a screen to each of the addresses, and
// tells which of them that was possible for. The key belongs to the form that
// was sent: sending the same one twice mails once.
func (s *Solver) MailDocuments(asked *ask.Asked, context map[string]string, key string, addresses []string, editable bool) (sent, unsent []string, err error) {
	if err := s.atScreen(asked, context); err != nil {
		return nil, nil, err
	}
	for _, to := range addresses {
		s.activation = &activation{key: "documents " + key + " " + to, calls: map[string]int{}}
		ok, err := ask.MailDocuments(s.th, s.scene(asked), asked.Block, to, editable)
		switch {
		case err != nil:
			return nil, nil, err
		case ok:
			sent = append(sent, to)
		default:
			unsent = append(unsent, to)
		}
	}
	s.activation = nil
	return sent, unsent, nil
}

// Archive puts the documents of a screen into a ZIP file and tells its name, ""
// if none is offered there.
func (s *Solver) Archive(asked *ask.Asked, context map[string]string, editable bool) (name string, content []byte, err error) {
	if err := s.atScreen(asked, context); err != nil {
		return "", nil, err
	}
	return ask.Archive(s.th, s.scene(asked), asked.Block, editable)
}

// atScreen puts the evaluation where it was when a screen was shown.
func (s *Solver) atScreen(asked *ask.Asked, context map[string]string) error {
	if !s.started {
		if err := s.start(); err != nil {
			return err
		}
		s.started = true
	}
	if err := s.recall(context); err != nil {
		return err
	}
	s.enter(asked.Block)
	return nil
}
