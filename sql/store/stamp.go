package store

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// A stamp is a time as both databases keep it: in UTC, to the microsecond, and
// null for the zero time.
type stamp time.Time

// sqliteTime is how SQLite keeps a time. Equal times are equal text and later
// ones sort later, whatever the length of the fraction.
const sqliteTime = "2006-01-02 15:04:05.999999999-07:00"

// Value gives the database what it keeps.
func (s stamp) Value() (driver.Value, error) {
	t := time.Time(s)
	if t.IsZero() {
		return nil, nil
	}
	return t.UTC().Truncate(time.Microsecond), nil
}

// Scan takes what a database gives back. SQLite gives text where a time has
// gone through an expression.
func (s *stamp) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*s = stamp{}
	case time.Time:
		*s = stamp(v.UTC())
	case []byte:
		return s.Scan(string(v))
	case string:
		t, err := time.Parse(sqliteTime, v)
		if err != nil {
			return fmt.Errorf("read a time: %w", err)
		}
		*s = stamp(t.UTC())
	default:
		return fmt.Errorf("read a time: the database gave a %T", v)
	}
	return nil
}

// time gives the time, in UTC.
func (s stamp) time() time.Time { return time.Time(s) }
