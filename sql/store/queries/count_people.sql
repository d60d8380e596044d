-- Counts the browsers and accounts that have a key to a session.
select count(*) from keys where session = $1 and kind in ('browser', 'account')
