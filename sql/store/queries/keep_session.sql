-- Has a session kept for good (1), or erased by age again.
update sessions set kept = $2 where id = $1
