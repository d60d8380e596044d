-- Takes a due effect until $3; touches no row if it is settled or somebody has it.
update effects
   set state = 'claimed', attempts = attempts + 1, next_at = $3
 where key = $1 and state in ('waiting', 'claimed') and next_at <= $2
returning key, session, kind, body, note, state, attempts, next_at, error_class, created_at
