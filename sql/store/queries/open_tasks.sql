-- Returns, without their bodies, the background actions of a session that are not over or of which its pages
-- were to be told and were not, and those that ended after $2 (unless that is null), oldest first.
select id, session, visitor, notify, phase, attempt, report, result, told, created_at, ended_at
  from tasks
 where session = $1
   and (phase in ('waiting', 'running') or (notify <> '' and told = 0) or ended_at > $2)
 order by created_at, id
