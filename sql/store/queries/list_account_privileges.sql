-- Lists the privileges of the accounts from $1 to $2.
select account, privilege from account_privileges where account between $1 and $2 order by account, privilege
