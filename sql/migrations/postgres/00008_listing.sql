-- The sessions that somebody has a key to are found in the order in which they
-- were begun, all of them or those of one interview, however many there are.

-- +goose Up
alter table keys add column interview text, -- as in sessions
                 add column begun_at timestamptz; -- created_at there
update keys set interview = s.interview, begun_at = s.created_at from sessions s where s.id = keys.session;
alter table keys alter column interview set not null, alter column begun_at set not null;
drop index keys_holder;
create index keys_begun on keys (kind, holder, begun_at, session);
create index keys_interview on keys (kind, holder, interview, begun_at, session);
create index sessions_begun on sessions (created_at, id);

-- +goose Down
drop index sessions_begun;
drop index keys_interview;
drop index keys_begun;
alter table keys drop column begun_at, drop column interview;
create index keys_holder on keys (kind, holder);
