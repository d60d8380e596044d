-- Calls off a background action that waits, or one that runs if $2 is 1, and erases what was to be done.
-- Returns its session; touches no row if there is nothing to call off.
update tasks
   set phase = 'revoked', ended_at = $3, expires_at = $4, body = null, report = null
 where id = $1 and (phase = 'waiting' or (phase = 'running' and cast($2 as bigint) = 1))
returning session
