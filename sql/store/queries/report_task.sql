-- Notes how far attempt $2 at a background action is; touches no row if it does not hold it.
-- Returns the session, for whom it may concern.
update tasks set report = $3 where id = $1 and attempt = $2 and phase = 'running'
returning session
