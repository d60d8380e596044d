-- Takes one way to open the key of an account away.
delete from account_locks where account = $1 and kind = $2
