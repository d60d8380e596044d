-- Takes what is left under a code away; touches no row if it is gone.
delete from parcels where id = $1
