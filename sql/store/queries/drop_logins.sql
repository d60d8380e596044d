-- Ends all logins of an account but one.
delete from logins where account = $1 and id <> $2
