-- Remembers that a token was used; touches no row if it was before.
insert into used_tokens (session, token, expires_at) values ($1, $2, $3)
on conflict (session, token) do nothing
