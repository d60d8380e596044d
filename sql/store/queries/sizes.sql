-- Returns how many bytes each step of a session takes, oldest first, hidden ones too.
select n, rev, kind, base = 0 as full_copy, coalesce(length(input), 0) as input, length(state) as state
  from steps
 where session = $1
 order by n
