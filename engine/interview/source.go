package interview

import "context"

// A Source gives the files an interview consists of.
type Source interface {
	// Read returns the file with a full reference, PACKAGE:PATH within the
	// package, such as docassemble.demo:data/questions/tank.yml. The error
	// wraps fs.ErrNotExist if there is no such file.
	Read(ctx context.Context, ref string) ([]byte, error)
}
