-- Makes an effect due at $2 that waits, was given up or was kept, if its body is still there.
update effects
   set state = 'waiting', next_at = $2
 where key = $1 and state in ('waiting', 'failed', 'kept') and body is not null
