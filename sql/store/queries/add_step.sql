-- Adds a step; fails if its number is taken.
insert into steps (session, n, rev, kind, base, at, input, state)
values ($1, $2, $3, $4, $5, $6, $7, $8)
