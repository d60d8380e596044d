-- Erases the responses whose time is over.
delete from results where expires_at <= $1
