-- Puts $3 in the place of an effect's note if that is still $2.
update effects set note = $3 where key = $1 and note = $2
