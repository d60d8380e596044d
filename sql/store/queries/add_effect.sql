-- Asks for an effect; leaves one of the same key as it is.
insert into effects (key, session, kind, body, state, attempts, next_at, error_class, created_at)
values ($1, $2, $3, $4, 'waiting', 0, $5, '', $6)
on conflict (key) do nothing
