-- Lists what a holder keeps on a shelf, in the order in which it came there.
select id, holder, shelf, name, rev, session, lock, closed, body, at, expires_at as expires from records where holder = $1 and shelf = $2 order by id
