-- Gives what closes the key of an account.
select kind, stretch, closed from account_locks where account = $1 order by kind
