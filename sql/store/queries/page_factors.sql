-- Returns at most $2 second factors, those after one.
select uid as a, '' as b, '' as c, factor as sealed
  from accounts
 where factor is not null and uid > $1
 order by uid
 limit $2
