-- Forgets an erased session whose files were looked for $2 times.
delete from leftovers where session = $1 and passes >= $2
