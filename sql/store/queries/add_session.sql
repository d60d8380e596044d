-- Adds a session at its first step; touches no row if the id is taken.
insert into sessions (id, interview, rev, head, owner, card, created_at, active_at, expires_at)
values ($1, $2, 1, 1, $3, $4, $5, $6, $7)
on conflict (id) do nothing
