-- Ends claim number $2 of an effect; its body stays if $7 is 1.
update effects
   set state = $3, next_at = $4, error_class = $5, note = $6,
       body = case when cast($7 as bigint) = 1 then body end
 where key = $1 and state = 'claimed' and attempts = $2
