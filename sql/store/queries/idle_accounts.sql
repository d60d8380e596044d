-- Lists at most $3 accounts after a number that nobody has used since $2: not
-- made, not signed in to, no browser that is signed in was here, and none of its
-- sessions was written.
select a.id, a.uid, a.kind, a.email, a.confirmed_at, a.active, a.created_at, a.signed_in_at, a.first_name, a.last_name, a.country,
       a.subdivision_first, a.subdivision_second, a.subdivision_third, a.organization, a.timezone, a.language, a.factor, a.factor_step, a.warned_at
  from accounts a
 where a.id > $1
   and a.created_at <= $2
   and (a.signed_in_at is null or a.signed_in_at <= $2)
   and not exists (select 1 from logins l where l.account = a.id and l.seen_at > $2)
   and not exists (select 1
                     from keys k join sessions s on s.id = k.session
                    where k.kind = 'account' and k.holder = cast(a.id as text) and s.active_at > $2)
 order by a.id
 limit $3
