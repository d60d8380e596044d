-- Returns at most $3 sessions, oldest first: those begun after session $2, begun
-- at $1; with the key of holder $5 of kind $4, if it has one.
select s.id, s.interview, s.rev, s.head, s.owner, s.created_at, s.active_at, s.expires_at, s.card,
       k.wrapped, k.expires_at as key_expires_at, r.wrapped as shared
  from sessions s
  left join keys k on k.session = s.id and k.kind = $4 and k.holder = $5
  left join keys r on r.session = s.id and r.kind = 'ring' and r.holder = 'shared'
 where (s.created_at, s.id) > ($1, $2)
 order by s.created_at, s.id
 limit $3
