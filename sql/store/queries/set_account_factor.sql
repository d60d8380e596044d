-- Sets or ends the second factor of an account.
update accounts set factor = $2 where id = $1
