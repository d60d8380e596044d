-- Erases the background actions whose time is over.
delete from tasks where expires_at <= $1
