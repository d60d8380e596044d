-- Keeps a login.
insert into logins (id, account, closed, stage, keep, begun_at, seen_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
