-- Returns at most $2 parcels, those after one.
select id as a, '' as b, '' as c, body as sealed
  from parcels
 where id > $1
 order by id
 limit $2
