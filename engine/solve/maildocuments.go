package solve

import (
	"colloquy/engine/ask"
)

// MailDocuments mails the documents of a screen to each of the addresses, and
// tells which of them that was possible for. The key belongs to the form that
// was sent: sending the same one twice mails once.
func (s *Solver) MailDocuments(asked *ask.Asked, context map[string]string, key string, addresses []string) (sent, unsent []string, err error) {
	if !s.started {
		if err := s.start(); err != nil {
			return nil, nil, err
		}
		s.started = true
	}
	if err := s.recall(context); err != nil {
		return nil, nil, err
	}
	s.enter(asked.Block)
	for _, to := range addresses {
		s.activation = &activation{key: "documents " + key + " " + to, calls: map[string]int{}}
		ok, err := ask.MailDocuments(s.th, s.scene(asked), asked.Block, to)
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
