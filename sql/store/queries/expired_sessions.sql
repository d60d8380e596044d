-- Returns at most $2 sessions whose time is over at $1.
select id from sessions where expires_at <= $1 order by expires_at, id limit $2
