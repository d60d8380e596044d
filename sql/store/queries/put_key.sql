-- Gives a holder a key to a session, in place of the one it had.
insert into keys (session, kind, holder, wrapped, expires_at, via)
values ($1, $2, $3, $4, $5, $6)
on conflict (session, kind, holder) do update
   set wrapped = excluded.wrapped, expires_at = excluded.expires_at, via = excluded.via
