-- Erases the steps beyond number $2.
delete from steps where session = $1 and n > $2
