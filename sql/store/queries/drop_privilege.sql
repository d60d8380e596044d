-- Removes a privilege.
delete from privileges where name = $1
