-- Puts $5 in the place of the key of a record if that is still $4.
update records set closed = $5 where holder = $1 and shelf = $2 and name = $3 and closed = $4
