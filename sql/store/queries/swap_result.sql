-- Puts $3 in the place of a result if that is still $2.
update results set body = $3 where token = $1 and body = $2
