-- Ends attempt $2 at a background action and erases what was to be done; touches no row if it does not hold it.
update tasks
   set phase = $3, result = $4, ended_at = $5, expires_at = $6, body = null, report = null
 where id = $1 and attempt = $2 and phase = 'running'
