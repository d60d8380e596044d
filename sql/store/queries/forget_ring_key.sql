-- Forgets a key that was taken out of the ring.
delete from ring_keys where id = $1
