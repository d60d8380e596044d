-- Erases a session with its steps, keys, results and used tokens.
delete from sessions where id = $1
