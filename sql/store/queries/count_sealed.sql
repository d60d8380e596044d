-- Counts what is sealed to the key ring: where, by the beginning that names the key, and for keys the purpose.
select 'keys' as place, holder as part, substr(wrapped, 1, 5) as head, count(*) as n from keys where kind = 'ring' group by holder, substr(wrapped, 1, 5)
union all
select 'effects', '', substr(body, 1, 5), count(*) from effects where body is not null group by substr(body, 1, 5)
union all
select 'notes', '', substr(note, 1, 5), count(*) from effects where note is not null group by substr(note, 1, 5)
union all
select 'tasks', '', substr(body, 1, 5), count(*) from tasks where body is not null group by substr(body, 1, 5)
union all
select 'parcels', '', substr(body, 1, 5), count(*) from parcels group by substr(body, 1, 5)
union all
select 'results', '', substr(body, 1, 5), count(*) from results group by substr(body, 1, 5)
union all
select 'passwords', '', substr(closed, 1, 5), count(*) from account_locks group by substr(closed, 1, 5)
union all
select 'factors', '', substr(factor, 1, 5), count(*) from accounts where factor is not null group by substr(factor, 1, 5)
union all
select 'records', '', substr(closed, 1, 5), count(*) from records where lock = 'ring' group by substr(closed, 1, 5)
