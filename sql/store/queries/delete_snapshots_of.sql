-- Erases the snapshots of sessions that do not outlive them.
delete from jsonstorage where persistent = 0 and key in ([$n])
