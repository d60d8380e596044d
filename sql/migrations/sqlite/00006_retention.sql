-- Sessions that nobody uses any more are found by the time they were last
-- written, and what is left of erased ones outside of this database is noted.

-- +goose Up
create index sessions_idle on sessions (active_at, id);

create table leftovers (
  session text not null primary key, -- that was erased; its files may be left
  passes  integer not null           -- how often they were looked for
) without rowid;

-- +goose Down
drop table leftovers;
drop index sessions_idle;
