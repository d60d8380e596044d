-- Takes a privilege from everybody.
delete from account_privileges where privilege = $1
