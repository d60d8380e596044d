-- Leaves something under a code, in place of what was there.
insert into parcels (id, body, expires_at) values ($1, $2, $3)
on conflict (id) do update set body = excluded.body, expires_at = excluded.expires_at
