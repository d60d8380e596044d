-- Returns at most $2 effects due at $1 that nobody has, longest due first.
select key, attempts from effects
 where state in ('waiting', 'claimed') and next_at <= $1
 order by next_at, key
 limit $2
