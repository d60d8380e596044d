-- Returns at most $2 bodies of background actions, those after one.
select id as a, session as b, '' as c, body as sealed
  from tasks
 where body is not null and id > $1
 order by id
 limit $2
