-- Erases what was kept for sessions that were never stored, before a time.
delete from records where session <> '' and at < $1 and not exists (select 1 from sessions where sessions.id = records.session)
