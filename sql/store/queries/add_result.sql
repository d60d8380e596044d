-- Keeps the response of a run; fails if the token is taken.
insert into results (token, session, body, expires_at) values ($1, $2, $3, $4)
