-- Ends a login.
delete from logins where id = $1
