-- The sessions that somebody has a key to are found in the order in which they
-- were begun, all of them or those of one interview, however many there are.

-- +goose Up
create table new_keys (
  session    text not null references sessions (id) on delete cascade,
  kind       text not null,         -- browser, account or ring
  holder     text not null,
  wrapped    blob not null,
  expires_at timestamp,
  interview  text not null,         -- as in sessions
  begun_at   timestamp not null,    -- created_at there
  primary key (session, kind, holder)
) without rowid;
insert into new_keys (session, kind, holder, wrapped, expires_at, interview, begun_at)
select k.session, k.kind, k.holder, k.wrapped, k.expires_at, s.interview, s.created_at
  from keys k join sessions s on s.id = k.session;
drop table keys;
alter table new_keys rename to keys;
create index keys_begun on keys (kind, holder, begun_at, session);
create index keys_interview on keys (kind, holder, interview, begun_at, session);
create index keys_expiring on keys (expires_at) where expires_at is not null;
create index sessions_begun on sessions (created_at, id);

-- +goose Down
drop index sessions_begun;
drop index keys_interview;
drop index keys_begun;
alter table keys drop column begun_at;
alter table keys drop column interview;
create index keys_holder on keys (kind, holder);
