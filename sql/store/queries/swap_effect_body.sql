-- Puts $3 in the place of an effect's body if that is still $2.
update effects set body = $3 where key = $1 and body = $2
