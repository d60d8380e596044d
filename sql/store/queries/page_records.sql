-- Returns at most $4 keys of records that the ring closes, those after one.
select holder as a, shelf as b, name as c, closed as sealed
  from records
 where lock = 'ring' and (holder > $1 or holder = $1 and (shelf > $2 or shelf = $2 and name > $3))
 order by holder, shelf, name
 limit $4
