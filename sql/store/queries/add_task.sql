-- Adds a background action that waits.
insert into tasks (id, session, visitor, notify, phase, attempt, due_at, body, told, created_at)
values ($1, $2, $3, $4, 'waiting', 0, $6, $5, 0, $6)
