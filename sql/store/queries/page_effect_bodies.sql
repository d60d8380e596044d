-- Returns at most $2 bodies of effects, those after one.
select key as a, session as b, kind as c, body as sealed
  from effects
 where body is not null and key > $1
 order by key
 limit $2
