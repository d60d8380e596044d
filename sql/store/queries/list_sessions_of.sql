-- Returns at most $5 sessions a holder has a key to, oldest first: those of interview $6 begun after session $4, begun at $3.
select s.id, s.interview, s.rev, s.head, s.owner, s.created_at, s.active_at, s.expires_at, s.card,
       k.wrapped, k.expires_at as key_expires_at, r.wrapped as shared
  from keys k
  join sessions s on s.id = k.session
  left join keys r on r.session = k.session and r.kind = 'ring' and r.holder = 'shared'
 where k.kind = $1
   and k.holder = $2
   and k.interview = $6
   and (k.begun_at, k.session) > ($3, $4)
 order by k.begun_at, k.session
 limit $5
