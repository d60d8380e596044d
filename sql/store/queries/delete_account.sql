-- Erases an account; the database takes along what refers to it.
delete from accounts where id = $1
