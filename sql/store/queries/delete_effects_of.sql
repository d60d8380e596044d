-- Erases all effects of sessions.
delete from effects where session in ([$n])
