-- What lies outside of the history of sessions: DAStore, DAGlobal, persistent
-- tasks, write_record(). Names are hashes; bodies are sealed with keys of their
-- own, which are closed for those who may read them.

-- +goose Up
create table records (
  id      integer not null primary key autoincrement,
  holder  text not null,            -- whose: account:.., browser:.., session:.., interview:.., other:.. or server
  shelf   text not null,            -- store, global, task, or record: and a hash
  name    text not null,            -- hash of what it is called there
  rev     integer not null,         -- rises with every write
  session text not null,            -- goes when this session does; '' for none
  lock    text not null,            -- who opens it: ring, own or session
  closed  blob,                     -- its key; null: that of the session
  body    blob not null,
  at      timestamp not null
);
create unique index records_name on records (holder, shelf, name);
create index records_session on records (session) where session <> '';

-- What store_variables_snapshot() gives out to be read with SQL: not sealed.
create table jsonstorage (
  id         integer not null primary key autoincrement,
  filename   text not null,
  key        text not null,         -- the session
  tags       text not null,
  data       text not null,
  modtime    timestamp not null,
  persistent integer not null       -- 1: outlives the session
);
create unique index jsonstorage_name on jsonstorage (key, filename, tags);

-- +goose Down
drop table jsonstorage;
drop table records;
