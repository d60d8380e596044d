-- Moves a session one write on, and returns the number of its last step, which
-- Back may have hidden. Touches no row, and returns none, if the session is not
-- at rev $2, if its head is not $3 (unless that is null), or if it lacks the
-- step $4 (unless null), written at rev $5 (unless null).
update sessions
   set rev = rev + 1,
       head = coalesce(cast($6 as bigint), head),
       active_at = $7,
       card = coalesce($8, card),
       owner = coalesce($9, owner),
       expires_at = case when cast($10 as bigint) = 1 then $11 else expires_at end
 where id = $1
   and rev = $2
   and (cast($3 as bigint) is null or head = $3)
   and (cast($4 as bigint) is null or exists (
         select 1 from steps where session = $1 and n = $4 and rev = coalesce(cast($5 as bigint), rev)))
returning (select max(n) from steps where session = $1)
