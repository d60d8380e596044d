-- Finds the session of an interview, among those that a holder has a key to, that was written last.
select s.id
  from keys k join sessions s on s.id = k.session
 where k.kind = $1 and k.holder = $2 and s.interview = $3
 order by s.active_at desc, s.id desc
 limit 1
