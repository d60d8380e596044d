-- Returns at most $2 erased sessions that may have left files, after session $1.
select session from leftovers where session > $1 order by session limit $2
