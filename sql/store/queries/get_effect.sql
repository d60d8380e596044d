-- Returns an effect.
select key, session, kind, body, note, state, attempts, next_at, error_class, created_at
  from effects
 where key = $1
