-- Notes that pages were told of the end of a background action; touches no row if they were told before.
update tasks set told = 1 where id = $1 and told = 0
