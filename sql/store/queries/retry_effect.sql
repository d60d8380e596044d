-- Gives a claimed effect back, to be tried again at $2.
update effects
   set state = 'waiting', next_at = $2, error_class = $3
 where key = $1 and state = 'claimed'
