-- Notes that everything was sealed again with a key of the ring.
update ring_keys set done_at = $2 where id = $1
