-- Keeps claim number $2 of an effect until $3; touches no row if it was lost.
update effects
   set next_at = $3
 where key = $1 and state = 'claimed' and attempts = $2
