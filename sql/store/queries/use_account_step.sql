-- Notes the time step of a code that is used; touches no row if it, or a later one, was used before.
update accounts set factor_step = $2 where id = $1 and factor_step < $2
