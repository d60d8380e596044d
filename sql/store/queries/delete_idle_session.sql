-- Erases a session unless it was written after $2.
delete from sessions where id = $1 and active_at <= $2
