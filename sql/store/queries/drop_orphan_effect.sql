-- Erases a delivered effect that has outlived its session.
delete from effects
 where key = $1 and state = 'delivered'
   and not exists (select 1 from sessions where id = effects.session)
