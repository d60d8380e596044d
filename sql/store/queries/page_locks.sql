-- Returns at most $3 locks of accounts, those after one.
select a.uid as a, l.kind as b, '' as c, l.closed as sealed
  from accounts a join account_locks l on l.account = a.id
 where a.uid > $1 or a.uid = $1 and l.kind > $2
 order by a.uid, l.kind
 limit $3
