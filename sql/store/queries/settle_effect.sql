-- Settles a claimed effect, delivered or failed, and erases its body.
update effects
   set state = $2, body = null, next_at = $3, error_class = $4
 where key = $1 and state = 'claimed'
