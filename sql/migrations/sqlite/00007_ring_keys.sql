-- The server's own keys: never the keys, only when each came into use.

-- +goose Up
create table ring_keys (
  id      text not null primary key, -- names the key
  since   timestamp not null,        -- when it was first seen in use
  done_at timestamp                  -- when all was sealed again with it; null: not yet
);

-- +goose Down
drop table ring_keys;
