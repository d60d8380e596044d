-- Moves the time on until which attempt $2 holds a background action; touches no row if it does not.
update tasks set due_at = $3 where id = $1 and attempt = $2 and phase = 'running'
