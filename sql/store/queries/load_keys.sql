-- Returns the wrapped keys of a session.
select kind, holder, wrapped, expires_at, via from keys where session = $1 order by kind, holder
