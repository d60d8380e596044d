-- Returns at most $2 notes of effects, those after one.
select key as a, session as b, kind as c, note as sealed
  from effects
 where note is not null and key > $1
 order by key
 limit $2
