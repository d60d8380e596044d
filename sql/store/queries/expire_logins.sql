-- Erases logins that are over.
delete from logins where expires_at <= $1
