-- Erases what works no more.
delete from account_tokens where expires_at <= $1
