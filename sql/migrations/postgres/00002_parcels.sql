-- What is left for somebody who has its code: temporary links, stashed data.

-- +goose Up
create table parcels (
  id         text primary key, -- hash of the code
  body       bytea not null,
  expires_at timestamptz not null
);
create index parcels_expiring on parcels (expires_at);

-- +goose Down
drop table parcels;
