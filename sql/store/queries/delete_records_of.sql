-- Erases what goes with sessions.
delete from records where session in ([$n])
