-- Replaces all of a step but its number.
update steps
   set rev = $3, kind = $4, base = $5, at = $6, input = $7, state = $8
 where session = $1 and n = $2
