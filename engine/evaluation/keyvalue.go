package evaluation

import "colloquy/engine/python"

// The bases of a DARedis: whose keys it has.
const (
	KeysOfInterview = "interview" // those of the interview, which all its sessions share
	KeysOfServer    = "global"    // those that all interviews share
)

// KeyValue is what DARedis works on: keys that sessions share, where each command
// is done at once, for good, and again if its code is run again.
type KeyValue interface {
	// Do runs a command of Redis on the keys of a base; see ports.KeyValue. A
	// *ports.CommandError is the author's mistake.
	Do(th *python.Thread, base string, args ...string) (reply any, err error)

	// Pack makes bytes of a value that nobody else reads or writes.
	Pack(v python.Value) (string, error)
	// Unpack reads them. It reports false for other bytes, and says so in the log.
	Unpack(th *python.Thread, packed string) (python.Value, bool)
}
