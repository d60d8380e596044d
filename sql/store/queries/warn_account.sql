-- Notes that somebody was told that an account will be deleted.
update accounts set warned_at = $2 where id = $1
