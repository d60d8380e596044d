-- Puts $3 in the place of the body of a background action if that is still $2.
update tasks set body = $3 where id = $1 and body = $2
