-- Returns when the keys of the ring came into use, and when all was sealed again with them.
select id, since, done_at from ring_keys
