-- Erases what is kept under a name, at rev $4.
delete from records where holder = $1 and shelf = $2 and name = $3 and rev = $4
