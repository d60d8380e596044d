-- Keeps something under a name unless something is there.
insert into records (holder, shelf, name, rev, session, lock, closed, body, at, expires_at) values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9)
on conflict (holder, shelf, name) do nothing
