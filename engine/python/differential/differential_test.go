package differential_test

import (
	"flag"
	"testing"

	"colloquy/engine/python/differential"
	"colloquy/engine/python/stdlib"
)

var (
	record = flag.Bool("record", false, "record what the CPython named by PYTHON does")
	area   = flag.String("area", "", "only the programs of this area")
)

func TestDifferential(t *testing.T) {
	differential.Run(t, differential.Options{
		Dir: "testdata", Area: *area, Record: *record, Load: stdlib.New(),
	})
}
