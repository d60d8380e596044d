-- Finds the session of an interview that was written last, among those that a
-- holder has a key to and did not only come into while they were open.
select s.id
  from keys k join sessions s on s.id = k.session
 where k.kind = $1 and k.holder = $2 and s.interview = $3 and k.via <> 'link'
 order by s.active_at desc, s.id desc
 limit 1
