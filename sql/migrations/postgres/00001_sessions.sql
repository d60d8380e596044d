-- Sessions, their steps and keys, and what they ask of the outside world.
-- Everything in bytea is sealed: losing the keys means losing it for good.

-- +goose Up
create table sessions (
  id         text primary key,
  interview  text not null,
  rev        bigint not null,       -- rises with every write
  head       bigint not null,       -- number of the current step
  owner      text not null,         -- account id, '' for nobody's
  card       bytea,                 -- title, tags, progress
  created_at timestamptz not null,
  active_at  timestamptz not null,
  expires_at timestamptz            -- null: never
) with (fillfactor = 80);
create index sessions_expiring on sessions (expires_at) where expires_at is not null;

create table steps (
  session text not null references sessions (id) on delete cascade,
  n       bigint not null,
  rev     bigint not null,          -- the session's rev when this row was written
  kind    text not null,
  base    bigint not null,          -- 0: state is a full copy; else a delta against step n-1 of this rev
  at      timestamptz not null,
  input   bytea,
  state   bytea not null,
  primary key (session, n)
);
-- What is sealed does not compress: do not try.
alter table steps alter column input set storage external, alter column state set storage external;

create table keys (
  session    text not null references sessions (id) on delete cascade,
  kind       text not null,         -- browser, account or ring
  holder     text not null,
  wrapped    bytea not null,
  expires_at timestamptz,
  primary key (session, kind, holder)
);
create index keys_holder on keys (kind, holder);
create index keys_expiring on keys (expires_at) where expires_at is not null;

-- No reference to sessions: an effect may outlive its session until delivered.
create table effects (
  key         text primary key,     -- what the outside world knows it by
  session     text not null,
  kind        text not null,
  body        bytea,                -- null once settled
  state       text not null,        -- waiting, claimed, delivered or failed
  attempts    bigint not null,
  next_at     timestamptz not null, -- due, or end of the claim, or when it was settled
  error_class text not null,
  created_at  timestamptz not null
);
create index effects_session on effects (session);
create index effects_due on effects (next_at) where state in ('waiting', 'claimed');

create table results (
  token      text primary key,      -- hash of the address's secret part
  session    text not null references sessions (id) on delete cascade,
  body       bytea not null,
  expires_at timestamptz not null
);
create index results_session on results (session);
create index results_expiring on results (expires_at);

create table used_tokens (
  session    text not null references sessions (id) on delete cascade,
  token      text not null,
  expires_at timestamptz,           -- null: as long as the session
  primary key (session, token)
);
create index used_tokens_expiring on used_tokens (expires_at) where expires_at is not null;

-- +goose Down
drop table used_tokens;
drop table results;
drop table effects;
drop table keys;
drop table steps;
drop table sessions;
