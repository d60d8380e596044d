-- Accounts: who people are, what closes their keys, where they are signed in.
-- A password is nowhere: it opens account_locks.closed, or does not.

-- +goose Up
create table accounts (
  id                 integer not null primary key autoincrement,
  uid                text not null,         -- random; what keys are closed for
  kind               text not null,         -- local
  email              text not null,
  email_key          text not null,         -- the same in lower case
  confirmed_at       timestamp,
  active             integer not null,
  created_at         timestamp not null,
  signed_in_at       timestamp,
  first_name         text not null,
  last_name          text not null,
  country            text not null,
  subdivision_first  text not null,
  subdivision_second text not null,
  subdivision_third  text not null,
  organization       text not null,
  timezone           text not null,
  language           text not null,
  factor             blob,                -- sealed: the secret of one-time passwords
  factor_step        integer not null         -- of the last code that was used
);

create unique index accounts_email on accounts (email_key);
create unique index accounts_uid on accounts (uid);

create table account_locks (
  account integer not null references accounts (id) on delete cascade,
  kind    text not null,                    -- password or recovery
  stretch text not null,                    -- how a key is made of what was typed
  closed  blob not null,                  -- the account's key
  primary key (account, kind)
) without rowid;

create table account_privileges (
  account   integer not null references accounts (id) on delete cascade,
  privilege text not null,
  primary key (account, privilege)
) without rowid;
create index account_privileges_privilege on account_privileges (privilege);

-- Privileges beside those that are built in.
create table privileges (
  name text not null primary key
) without rowid;

create table logins (
  id         text not null primary key,     -- of the secret in the browser's cookie, which opens closed
  account    integer not null references accounts (id) on delete cascade,
  closed     blob not null,
  stage      text not null,                 -- '' signed in; what is wanting else
  keep       integer not null,                -- beyond the browser's end
  begun_at   timestamp not null,
  seen_at    timestamp not null,
  expires_at timestamp not null
);
create index logins_account on logins (account);
create index logins_expiring on logins (expires_at);

create table account_tokens (
  id         text not null primary key,     -- hash of what was mailed
  account    integer references accounts (id) on delete cascade, -- null: nobody's yet
  purpose    text not null,
  detail     text not null,
  expires_at timestamp not null
);
create index account_tokens_account on account_tokens (account);
create index account_tokens_expiring on account_tokens (expires_at);

-- Failures to sign in, by keyed hash of who and where.
create table strikes (
  key        text not null primary key,
  n          integer not null,
  prev_at    timestamp,
  last_at    timestamp not null,
  expires_at timestamp not null
) without rowid;
create index strikes_expiring on strikes (expires_at);

-- +goose Down
drop table strikes;
drop table account_tokens;
drop table logins;
drop table privileges;
drop table account_privileges;
drop table account_locks;
drop table accounts;
