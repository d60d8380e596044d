-- Erases what was kept until a time.
delete from records where expires_at <= $1
