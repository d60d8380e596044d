-- Keeps what works once.
insert into account_tokens (id, account, purpose, detail, expires_at)
values ($1, $2, $3, $4, $5)
on conflict (id) do nothing
