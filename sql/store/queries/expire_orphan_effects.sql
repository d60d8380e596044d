-- Erases the effects settled before $1 that have outlived their sessions.
delete from effects
 where state in ('delivered', 'failed', 'kept') and next_at <= $1
   and not exists (select 1 from sessions where id = effects.session)
