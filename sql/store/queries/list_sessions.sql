-- Returns at most $6 sessions a holder has a key to, oldest first: those of one
-- interview ('' for all) that come after session $4 ('' for the first), begun at $5.
select s.id, s.interview, s.rev, s.head, s.owner, s.created_at, s.active_at, s.expires_at, s.card,
       k.wrapped, k.expires_at as key_expires_at
  from keys k
  join sessions s on s.id = k.session
 where k.kind = $1
   and k.holder = $2
   and ($3 = '' or s.interview = $3)
   and ($4 = '' or (s.created_at, s.id) > ($5, $4))
 order by s.created_at, s.id
 limit $6
