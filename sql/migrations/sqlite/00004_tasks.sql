-- Background actions: what is to be done, who works at it, what became of it.

-- +goose Up
create table tasks (
  id         text not null primary key,
  session    text not null references sessions (id) on delete cascade,
  visitor    text not null,         -- who asked
  notify     text not null,         -- how pages are told that it is over: '' for not
  phase      text not null,         -- waiting, running, done, failed or revoked
  attempt    integer not null,      -- how often it was claimed
  due_at     timestamp not null,    -- when it may be claimed
  body       blob,                  -- what is to be done; null once over
  report     blob,                  -- how far it is
  result     blob,
  told       integer not null,      -- 1: pages were told
  created_at timestamp not null,
  ended_at   timestamp,             -- null: not yet
  expires_at timestamp              -- when it is erased; null: not before it is over
) without rowid;
create index tasks_session on tasks (session);
create index tasks_due on tasks (due_at) where phase in ('waiting', 'running');
create index tasks_expiring on tasks (expires_at) where expires_at is not null;

-- +goose Down
drop table tasks;
