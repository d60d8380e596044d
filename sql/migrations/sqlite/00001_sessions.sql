-- Sessions, their steps and keys, and what they ask of the outside world.
-- Every blob is sealed: losing the keys means losing it for good.
-- Times are text in UTC, which sorts as time does.

-- +goose Up
create table sessions (
  id         text not null primary key,
  interview  text not null,
  rev        integer not null,      -- rises with every write
  head       integer not null,      -- number of the current step
  owner      text not null,         -- account id, '' for nobody's
  card       blob,                  -- title, tags, progress
  created_at timestamp not null,
  active_at  timestamp not null,
  expires_at timestamp              -- null: never
);
create index sessions_expiring on sessions (expires_at) where expires_at is not null;

create table steps (
  session text not null references sessions (id) on delete cascade,
  n       integer not null,
  rev     integer not null,         -- the session's rev when this row was written
  kind    text not null,
  base    integer not null,         -- 0: state is a full copy; else a delta against step n-1 of this rev
  at      timestamp not null,
  input   blob,
  state   blob not null,
  primary key (session, n)
);

create table keys (
  session    text not null references sessions (id) on delete cascade,
  kind       text not null,         -- browser, account or ring
  holder     text not null,
  wrapped    blob not null,
  expires_at timestamp,
  primary key (session, kind, holder)
) without rowid;
create index keys_holder on keys (kind, holder);
create index keys_expiring on keys (expires_at) where expires_at is not null;

-- No reference to sessions: an effect may outlive its session until delivered.
create table effects (
  key         text not null primary key, -- what the outside world knows it by
  session     text not null,
  kind        text not null,
  body        blob,                 -- null once settled
  state       text not null,        -- waiting, claimed, delivered or failed
  attempts    integer not null,
  next_at     timestamp not null,   -- due, or end of the claim, or when it was settled
  error_class text not null,
  created_at  timestamp not null
);
create index effects_session on effects (session);
create index effects_due on effects (next_at) where state in ('waiting', 'claimed');

create table results (
  token      text not null primary key, -- hash of the address's secret part
  session    text not null references sessions (id) on delete cascade,
  body       blob not null,
  expires_at timestamp not null
);
create index results_session on results (session);
create index results_expiring on results (expires_at);

create table used_tokens (
  session    text not null references sessions (id) on delete cascade,
  token      text not null,
  expires_at timestamp,             -- null: as long as the session
  primary key (session, token)
) without rowid;
create index used_tokens_expiring on used_tokens (expires_at) where expires_at is not null;

-- +goose Down
drop table used_tokens;
drop table results;
drop table effects;
drop table keys;
drop table steps;
drop table sessions;
