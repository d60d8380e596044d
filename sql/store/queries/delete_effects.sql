-- Erases the effects of a session: all if $2 is 1, else the delivered ones.
delete from effects
 where session = $1 and (cast($2 as bigint) = 1 or state = 'delivered')
