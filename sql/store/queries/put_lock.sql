-- Closes the key of an account, in place of what did so in the same way.
insert into account_locks (account, kind, stretch, closed)
values ($1, $2, $3, $4)
on conflict (account, kind) do update set stretch = excluded.stretch, closed = excluded.closed
