-- Notes that somebody opened a session that is not his own, while it is there.
insert into openings (session, at, kind, holder, how)
select id, $2, $3, $4, $5 from sessions where id = $1
