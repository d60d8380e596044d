-- Returns what is left under a code if its time is not over at $2.
select id, body, expires_at from parcels where id = $1 and expires_at > $2
