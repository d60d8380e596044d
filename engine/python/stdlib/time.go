package stdlib

import (
	"time"

	"colloquy/engine/python"
)

// structTimeClass is time.struct_time.
var structTimeClass *python.Class

var _ = time.Now
