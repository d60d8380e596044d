-- Takes a background action until $3; touches no row if it is over or somebody holds it.
update tasks
   set phase = 'running', attempt = attempt + 1, due_at = $3
 where id = $1 and phase in ('waiting', 'running') and due_at <= $2
returning id, session, visitor, notify, phase, attempt, body, report, result, told, created_at, ended_at
