-- Erases what was left of the effects given up or kept before $1.
update effects
   set body = null, note = null
 where state in ('failed', 'kept') and next_at <= $1 and (body is not null or note is not null)
