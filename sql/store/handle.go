package store

import (
	"context"
	"embed"
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"github.com/jmoiron/sqlx"

	"colloquy/engine/run"
)

//go:embed queries/*.sql
var queryFiles embed.FS

// A query is the text of one statement.
type query string

// queries are the statements, each in the file that is named like its field.
type queries struct {
	AddSession, AdvanceSession, FindSession, DeleteSession, LatestSession, ExpiredSessions             query
	ListSessions, ListNewestSessions, ListSessionsOf, ListNewestSessionsOf, ListAllSessions            query
	IdleSessions, DeleteIdleSessions, KeepSession, DeleteEffectsOf, DeleteRecordsOf, DeleteSnapshotsOf query
	AddLeftover, AddLeftovers, ListLeftovers, PassLeftovers, DropLeftovers                             query
	AddStep, ReplaceStep, DropHiddenSteps, LoadChain, History, Sizes                                   query
	LoadKeys, PutKey, DropKey, CountPeople, ExpireKeys, LeaveSession                                   query
	AddOpening, FindOpening, ListOpenings                                                              query
	AddResult, FindResult, ExpireResults, UseToken, ExpireTokens                                       query
	PutParcel, FindParcel, TakeParcel, ExpireParcels                                                   query
	AddTask, DueTasks, ClaimTask, HoldTask, ReportTask, EndTask, RevokeTask                            query
	FindTask, OpenTasks, TellTask, ExpireTasks                                                         query

	AddEffect, FindEffect, GetEffect, ListEffects, DueEffects, ClaimEffect, RenewEffect query
	SettleEffect, RetryEffect, DeleteEffects, DropOrphanEffect                          query
	ExpireEffects, ExpireOrphanEffects                                                  query

	AddAccount, FindAccount, FindAccountByEmail, ListAccounts, ListAccountPrivileges, CountAccounts query
	SetAccount, SetAccountActive, SetAccountArrived, SetAccountFactor, UseAccountStep               query
	DeleteAccount, LoadLocks, PutLock, DropLock, DropAccountPrivileges, AddAccountPrivilege         query
	ListPrivileges, AddPrivilege, DropPrivilege, TakePrivilege                                      query
	SearchAccounts, SearchAccountsBack, ListFoundPrivileges                                         query
	IdleAccounts, WarnAccount, CloseIdleAccount                                                     query
	AddLogin, FindLogin, TouchLogin, DropLogin, DropLogins, ExpireLogins                            query
	AddAccountToken, FindAccountToken, TakeAccountToken, DropAccountTokens, ExpireAccountTokens     query
	AddStrike, DropStrikes, PardonStrike, ExpireStrikes                                             query

	FindRecord, ListRecords, PutRecord, SetRecord, FillRecord, DropRecord, DropNumberedRecord, HandRecord, HolderRecords query
	DeleteHolderRecords, DeleteSessionRecords, ExpireRecords, ExpireOrphanRecords, PageRecords, SwapRecord               query
	PutSnapshot, DeleteSessionSnapshots, ExpireOrphanSnapshots                                                           query

	CountSealed, PageRingKeys, SwapRingKey, PageEffectBodies, SwapEffectBody, PageEffectNotes, SwapEffectNote query
	PageTasks, SwapTask, PageParcels, SwapParcel, PageResults, SwapResult                                     query
	PageLocks, SwapLock, PageFactors, SwapFactor                                                              query
	NoteRingKey, RewrappedRingKey, ListRingKeys, ForgetRingKey                                                query
}

// loadQueries reads them all, so that one that is missing is missed at once.
func loadQueries() (queries, error) {
	var q queries
	v := reflect.ValueOf(&q).Elem()
	for i := range v.NumField() {
		name := fileName(v.Type().Field(i).Name)
		text, err := queryFiles.ReadFile(name)
		if err != nil {
			return q, fmt.Errorf("statement of the store: %w", err)
		}
		v.Field(i).SetString(forMany(strings.TrimSpace(string(text))))
	}
	return q, nil
}

// many is how many values a statement takes whose text has something in square
// brackets: that is written once for each, with its number for $n.
const many = 50

// forMany writes out what a statement says once for many values. Their numbers
// follow the others.
func forMany(text string) string {
	before, rest, some := strings.Cut(text, "[")
	one, after, closed := strings.Cut(rest, "]")
	if !some || !closed {
		return text
	}
	taken := 0
	for strings.Contains(text, fmt.Sprint("$", taken+1)) {
		taken++
	}
	each := make([]string, many)
	for i := range each {
		each[i] = strings.ReplaceAll(one, "$n", fmt.Sprint("$", taken+i+1))
	}
	return before + strings.Join(each, ", ") + after
}

// ofMany are the arguments of a statement for many values: some, which the last
// of up to many values follow, repeated to their number.
func ofMany(values []string, some ...any) []any {
	for i := range many {
		some = append(some, values[min(i, len(values)-1)])
	}
	return some
}

// fileName turns AddStep into queries/add_step.sql.
func fileName(field string) string {
	var b strings.Builder
	for i, c := range field {
		if i > 0 && unicode.IsUpper(c) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return "queries/" + b.String() + ".sql"
}

// A handle is a database with its statements.
type handle struct {
	db    *sqlx.DB
	stmts map[query]*sqlx.Stmt // nil: the text is sent each time
}

// prepare readies every statement; the database checks them all on the way.
func (h *handle) prepare(ctx context.Context, q queries) error {
	h.stmts = map[query]*sqlx.Stmt{}
	v := reflect.ValueOf(q)
	for i := range v.NumField() {
		text := query(v.Field(i).String())
		s, err := h.db.PreparexContext(ctx, string(text))
		if err != nil {
			return fmt.Errorf("prepare %s: %w", fileName(v.Type().Field(i).Name), err)
		}
		h.stmts[text] = s
	}
	return nil
}

func (h *handle) close() error {
	for _, s := range h.stmts {
		_ = s.Close() // the database is closed with it
	}
	return h.db.Close()
}

// all reads every row into dest, a pointer to a slice of structs or values.
func (h *handle) all(ctx context.Context, dest any, q query, args ...any) error {
	if s := h.stmts[q]; s != nil {
		return s.SelectContext(ctx, dest, args...)
	}
	return h.db.SelectContext(ctx, dest, string(q), args...)
}

// A tx is a transaction on a handle.
type tx struct {
	*sqlx.Tx
	h    *handle
	news *[]run.TaskNews // what others are told once it is committed; nil: nobody is
}

// exec runs a statement and counts the rows it touched.
func (t tx) exec(ctx context.Context, q query, args ...any) (int64, error) {
	if s := t.h.stmts[q]; s != nil {
		r, err := t.Stmtx(s).ExecContext(ctx, args...)
		if err != nil {
			return 0, err
		}
		return r.RowsAffected()
	}
	r, err := t.ExecContext(ctx, string(q), args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// one reads one row into dest, or returns sql.ErrNoRows.
func (t tx) one(ctx context.Context, dest any, q query, args ...any) error {
	if s := t.h.stmts[q]; s != nil {
		return t.Stmtx(s).GetContext(ctx, dest, args...)
	}
	return t.GetContext(ctx, dest, string(q), args...)
}

// all reads every row into dest, a pointer to a slice.
func (t tx) all(ctx context.Context, dest any, q query, args ...any) error {
	if s := t.h.stmts[q]; s != nil {
		return t.Stmtx(s).SelectContext(ctx, dest, args...)
	}
	return t.SelectContext(ctx, dest, string(q), args...)
}
