-- Replaces what is kept under a name if that is at rev $10.
update records set rev = rev + 1, session = $4, lock = $5, closed = $6, body = $7, at = $8, expires_at = $9
 where holder = $1 and shelf = $2 and name = $3 and rev = $10
