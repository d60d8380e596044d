-- Erases a settled effect that has outlived its session.
delete from effects
 where key = $1 and state in ('delivered', 'failed')
   and not exists (select 1 from sessions where id = effects.session)
