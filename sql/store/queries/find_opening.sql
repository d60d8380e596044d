-- Tells whether somebody opened a session in this way after $5.
select id from openings where session = $1 and kind = $2 and holder = $3 and how = $4 and at > $5 limit 1
