-- Accounts are found by parts of address and name, and people are told before
-- an account that nobody uses is deleted.

-- +goose Up
alter table accounts add column found_by text not null default ''; -- address and name in lower case
alter table accounts add column warned_at timestamptz;             -- that the account will be deleted; null: not

update accounts set found_by = email_key || ' ' || lower(first_name || ' ' || last_name);

-- +goose Down
alter table accounts drop column warned_at;
alter table accounts drop column found_by;
