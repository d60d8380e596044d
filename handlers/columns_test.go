package handlers_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// sealedColumns are those whose bytes tell nothing without a key.
const sealedColumns = `
sessions.card steps.input steps.state keys.wrapped effects.body effects.note results.body parcels.body
tasks.body tasks.report tasks.result accounts.factor account_locks.closed logins.closed records.closed records.body`

// clearColumns are those that whoever has the database can read, by table: names
// and numbers made by the server, times, and what accounts and jsonstorage are for.
// No answer, title or text that somebody wrote may stand in them.
var clearColumns = map[string]string{
	"sessions":           "id interview rev head owner created_at active_at expires_at kept",
	"steps":              "session n rev kind base at",
	"keys":               "session kind holder expires_at via interview begun_at",
	"openings":           "id session at kind holder how",
	"effects":            "key session kind state attempts next_at error_class created_at",
	"results":            "token session expires_at",
	"used_tokens":        "session token expires_at",
	"parcels":            "id expires_at",
	"tasks":              "id session visitor notify phase attempt due_at told created_at ended_at expires_at",
	"leftovers":          "session passes",
	"ring_keys":          "id since done_at",
	"records":            "id holder shelf name rev session lock at expires_at",
	"jsonstorage":        "id filename key tags data modtime persistent",
	"account_locks":      "account kind stretch",
	"account_privileges": "account privilege",
	"privileges":         "name",
	"logins":             "id account stage keep begun_at seen_at expires_at",
	"account_tokens":     "id account purpose detail expires_at",
	"strikes":            "key n prev_at last_at expires_at",
	"accounts": `id uid kind email email_key confirmed_at active created_at signed_in_at first_name last_name country subdivision_first
		subdivision_second subdivision_third organization timezone language factor_step found_by warned_at`,
}

// Every column of the database is known to be sealed or to hold nothing that
// has to be. Whoever adds one says here which.
func TestEveryColumnIsSealedOrMayBeClear(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, nil)
		left := map[string]bool{}
		for _, c := range strings.Fields(sealedColumns) {
			left[c] = true
		}
		for table, columns := range clearColumns {
			for _, c := range strings.Fields(columns) {
				left[table+"."+c] = true
			}
		}
		for _, table := range h.tables() {
			if table == "goose_db_version" || table == "sqlite_sequence" || strings.HasPrefix(table, "river_") {
				continue // other modules', which know keys of effects and no more
			}
			for column, kind := range h.columns(table) {
				known, sealed := left[column], slices.Contains(strings.Fields(sealedColumns), column)
				delete(left, column)
				switch isBytes := kind == "BLOB" || kind == "BYTEA"; {
				case !known:
					t.Errorf("nothing says whether %s is sealed", column)
				case sealed != isBytes:
					t.Errorf("%s is of the type %s, and sealed: %v", column, kind, sealed)
				}
			}
		}
		for _, column := range slices.Sorted(maps.Keys(left)) {
			t.Errorf("there is no %s", column)
		}
	})
}

// columns gives the columns of a table with their types.
func (h *house) columns(table string) map[string]string {
	h.t.Helper()
	rows, err := h.db.QueryContext(h.t.Context(), "select * from "+table+" where 1 = 0")
	check(h.t, err)
	defer rows.Close()
	types, err := rows.ColumnTypes()
	check(h.t, err)
	out := map[string]string{}
	for _, c := range types {
		out[table+"."+c.Name()] = strings.ToUpper(c.DatabaseTypeName())
	}
	check(h.t, rows.Err())
	return out
}
