-- Erases those of the sessions that were not written after $1, and tells which.
delete from sessions where active_at <= $1 and kept = 0 and id in ([$n]) returning id
