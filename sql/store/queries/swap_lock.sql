-- Puts $4 in the place of a lock of an account if that is still $3.
update account_locks set closed = $4
 where account = (select id from accounts where uid = $1) and kind = $2 and closed = $3
