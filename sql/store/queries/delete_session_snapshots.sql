-- Erases the snapshots of a session that do not outlive it.
delete from jsonstorage where key = $1 and persistent = 0
