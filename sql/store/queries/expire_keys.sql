-- Erases the keys whose time is over.
delete from keys where expires_at <= $1
