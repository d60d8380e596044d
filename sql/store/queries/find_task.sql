-- Returns a background action of a session, without its body.
select id, session, visitor, notify, phase, attempt, report, result, told, created_at, ended_at
  from tasks where id = $2 and session = $1
