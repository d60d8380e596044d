-- Finds a login that is not over.
select id, account, closed, stage, keep, begun_at, seen_at, expires_at
  from logins
 where id = $1 and expires_at > $2
