-- Returns the steps up to the head, oldest first, without their states.
select t.n, t.rev as step_rev, t.kind, t.base, t.at, t.input
  from steps t
  join sessions s on s.id = t.session
 where t.session = $1 and t.n <= s.head
 order by t.n
