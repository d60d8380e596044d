-- Returns at most $7 openings, the newest first: of one session, one interview,
-- by one holder ('' for all), since $5, and noted before number $6.
select o.id, o.session, s.interview, s.owner, o.at, o.kind, o.holder, o.how
  from openings o
  join sessions s on s.id = o.session
 where ($1 = '' or o.session = $1)
   and ($2 = '' or s.interview = $2)
   and ($4 = '' or o.kind = $3 and o.holder = $4)
   and o.at >= $5
   and o.id < $6
 order by o.id desc
 limit $7
