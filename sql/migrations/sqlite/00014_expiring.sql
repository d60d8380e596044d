-- What is kept outside of sessions may go by itself.

-- +goose Up
alter table records add column expires_at timestamp; -- null: it stays
create index records_expiring on records (expires_at) where expires_at is not null;

-- +goose Down
drop index records_expiring;
alter table records drop column expires_at;
