-- Closes an account, unless somebody has used it since $2.
update accounts
   set active = 0
 where id = $1
   and created_at <= $2
   and (signed_in_at is null or signed_in_at <= $2)
   and not exists (select 1 from logins l where l.account = accounts.id and l.seen_at > $2)
   and not exists (select 1
                     from keys k join sessions s on s.id = k.session
                    where k.kind = 'account' and k.holder = cast(accounts.id as text) and s.active_at > $2)
