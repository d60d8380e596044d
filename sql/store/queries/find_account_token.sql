-- Finds what works once, if it still does.
select id, coalesce(account, 0) as account, purpose, detail, expires_at
  from account_tokens
 where id = $1 and expires_at > $2
