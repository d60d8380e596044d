-- Erases all that a holder keeps.
delete from records where holder = $1
