-- Returns at most $3 sessions' keys that the ring wraps, those after one.
select session as a, holder as b, '' as c, wrapped as sealed
  from keys
 where kind = 'ring' and (session > $1 or session = $1 and holder > $2)
 order by session, holder
 limit $3
