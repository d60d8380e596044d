-- Gives a holder a key to a session, in place of the one it had.
insert into keys (session, kind, holder, wrapped, expires_at, via, interview, begun_at)
values ($1, $2, $3, $4, $5, $6, (select interview from sessions where id = $1), (select created_at from sessions where id = $1))
on conflict (session, kind, holder) do update
   set wrapped = excluded.wrapped, expires_at = excluded.expires_at, via = excluded.via
