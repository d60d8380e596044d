-- Counts one more, or begins anew if the count was over; gives the count and when the one before was.
insert into strikes (key, n, prev_at, last_at, expires_at)
values ($1, 1, null, $2, $3)
on conflict (key) do update
   set n = case when strikes.expires_at <= excluded.last_at then 1 else strikes.n + 1 end,
       prev_at = case when strikes.expires_at <= excluded.last_at then null else strikes.last_at end,
       last_at = excluded.last_at, expires_at = excluded.expires_at
returning n, prev_at
