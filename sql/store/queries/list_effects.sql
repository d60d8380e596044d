-- Returns at most $4 effects of a kind, the newest first: of the state $2 unless that is '',
-- of the keys that begin with $3. Bodies are left out.
select key, session, kind, note, state, attempts, next_at, error_class, created_at
  from effects
 where kind = $1 and (cast($2 as text) = '' or state = $2) and substr(key, 1, length(cast($3 as text))) = $3
 order by created_at desc, key
 limit $4
