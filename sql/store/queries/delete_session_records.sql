-- Erases what goes with a session.
delete from records where session = $1
