-- Makes what one holder keeps another's, unless that one keeps something under the name.
update records set holder = $3, closed = $4
 where id = $1 and rev = $2
   and not exists (select 1 from records as r where r.holder = $3 and r.shelf = records.shelf and r.name = records.name)
