-- Takes a holder's key to a session away.
delete from keys where session = $1 and kind = $2 and holder = $3
