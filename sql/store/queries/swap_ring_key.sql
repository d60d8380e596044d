-- Puts $4 in the place of a wrapped key if that is still $3.
update keys set wrapped = $4 where session = $1 and holder = $2 and kind = 'ring' and wrapped = $3
