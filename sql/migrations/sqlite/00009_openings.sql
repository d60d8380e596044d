-- How somebody came by a key to a session that is not his own, and when such
-- people opened it. Both go with the session.

-- +goose Up
alter table keys add column via text not null default ''; -- '' for whom the session belongs to

create table openings (
  id      integer not null primary key autoincrement,
  session text not null references sessions (id) on delete cascade,
  at      timestamp not null,
  kind    text not null,            -- browser or account; '' for a browser that had not been here before
  holder  text not null,
  how     text not null
);
create index openings_session on openings (session, at);
create index openings_at on openings (at);
create index openings_holder on openings (kind, holder, at);

-- +goose Down
drop table openings;
alter table keys drop column via;
