-- Lists the privileges of those accounts from $1 to $2 whose address or name is
-- like $3, '' for all of them.
select p.account, p.privilege
  from accounts a join account_privileges p on p.account = a.id
 where a.id between $1 and $2 and ($3 = '' or a.found_by like $3 escape '\')
 order by p.account, p.privilege
