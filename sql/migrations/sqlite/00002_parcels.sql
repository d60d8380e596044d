-- What is left for somebody who has its code: temporary links, stashed data.

-- +goose Up
create table parcels (
  id         text not null primary key, -- hash of the code
  body       blob not null,
  expires_at timestamp not null
) without rowid;
create index parcels_expiring on parcels (expires_at);

-- +goose Down
drop table parcels;
