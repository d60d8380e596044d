-- Returns the ids of at most $2 background actions that nobody holds at $1, longest due first.
select id from tasks
 where phase in ('waiting', 'running') and due_at <= $1
 order by due_at, id
 limit $2
