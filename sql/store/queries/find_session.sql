-- Tells where a session stands.
select rev, head from sessions where id = $1
