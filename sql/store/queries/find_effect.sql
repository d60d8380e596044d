-- Tells whether there is an effect of this key.
select count(*) from effects where key = $1
