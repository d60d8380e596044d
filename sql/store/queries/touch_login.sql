-- Notes when a login was used last.
update logins set seen_at = $2, expires_at = $3 where id = $1
