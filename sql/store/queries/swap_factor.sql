-- Puts $3 in the place of a second factor if that is still $2.
update accounts set factor = $3 where uid = $1 and factor = $2
