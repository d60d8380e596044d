-- Returns at most $4 sessions last written at $1 or before, the longest idle
-- first, that are not kept for good and come after session $2, last written at $3.
select id, interview, active_at
  from sessions
 where active_at <= $1
   and kept = 0
   and (active_at, id) > ($3, $2)
 order by active_at, id
 limit $4
