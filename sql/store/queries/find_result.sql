-- Returns the response kept under a token if its time is not over at $2.
select token, session, body, expires_at from results where token = $1 and expires_at > $2
