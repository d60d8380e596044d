-- Finds the session of an interview that was written last, among the thousand
-- begun last that a holder has a key to and did not only come into while they
-- were open.
select s.id
  from (select session from keys
         where kind = $1 and holder = $2 and interview = $3 and via <> 'link'
         order by begun_at desc, session desc
         limit 1000) k
  join sessions s on s.id = k.session
 order by s.active_at desc, s.id desc
 limit 1
