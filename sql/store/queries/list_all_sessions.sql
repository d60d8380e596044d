-- Returns at most $3 sessions, oldest first: those begun after session $2, begun at $1.
select s.id, s.interview, s.rev, s.head, s.owner, s.created_at, s.active_at, s.expires_at, s.card, r.wrapped as shared
  from sessions s
  left join keys r on r.session = s.id and r.kind = 'ring' and r.holder = 'shared'
 where (s.created_at, s.id) > ($1, $2)
 order by s.created_at, s.id
 limit $3
