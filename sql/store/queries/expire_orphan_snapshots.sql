-- Erases snapshots of sessions that were never stored, made before a time.
delete from jsonstorage where persistent = 0 and modtime < $1 and not exists (select 1 from sessions where sessions.id = jsonstorage.key)
