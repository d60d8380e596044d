-- Returns what a holder keeps on a shelf under a name.
select id, holder, shelf, name, rev, session, lock, closed, body, at, expires_at as expires from records where holder = $1 and shelf = $2 and name = $3
