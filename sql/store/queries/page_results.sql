-- Returns at most $2 results, those after one.
select token as a, session as b, '' as c, body as sealed
  from results
 where token > $1
 order by token
 limit $2
