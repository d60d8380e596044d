-- Takes all privileges from an account.
delete from account_privileges where account = $1
