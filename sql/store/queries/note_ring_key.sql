-- Notes when a key of the ring was first seen in use; later times change nothing.
insert into ring_keys (id, since) values ($1, $2) on conflict (id) do nothing
