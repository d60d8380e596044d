-- Erases a record by its number.
delete from records where id = $3 and holder = $1 and shelf = $2
