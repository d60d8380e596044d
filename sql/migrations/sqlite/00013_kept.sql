-- A session can be kept for good, however long nobody uses it.

-- +goose Up
alter table sessions add column kept integer not null default 0; -- not erased by age

-- +goose Down
alter table sessions drop column kept;
