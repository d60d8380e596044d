-- Writes a record in the place that was reserved for it.
update records set shelf = $2, name = $3, session = '', lock = $4, closed = $5, body = $6, at = $7 where id = $1
