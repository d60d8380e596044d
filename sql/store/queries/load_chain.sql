-- Returns a session with the steps that rebuild its state after step $2 (null:
-- the head), oldest first: the last full copy and every delta since. Returns
-- nothing for a step beyond the head. The card and the input, which can be
-- long, come with the last step only.
select s.id, s.interview, s.rev, s.head, s.owner, s.created_at, s.active_at, s.expires_at,
       t.n, t.rev as step_rev, t.kind, t.base, t.at, t.state,
       case when t.n = coalesce(cast($2 as bigint), s.head) then t.input end as input,
       case when t.n = coalesce(cast($2 as bigint), s.head) then s.card end as card
  from sessions s
  join steps t on t.session = s.id
 where s.id = $1
   and coalesce(cast($2 as bigint), s.head) <= s.head
   and t.n <= coalesce(cast($2 as bigint), s.head)
   and t.n >= (select f.n from steps f
                where f.session = $1 and f.base = 0 and f.n <= coalesce(cast($2 as bigint), s.head)
                order by f.n desc limit 1)
 order by t.n
