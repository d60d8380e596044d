-- Lists all that a holder keeps.
select id, holder, shelf, name, rev, session, lock, closed, body, at, expires_at as expires from records where holder = $1 order by id
