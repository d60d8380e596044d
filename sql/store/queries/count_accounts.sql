-- Counts the active accounts with a privilege.
select count(*)
  from accounts a join account_privileges p on p.account = a.id
 where p.privilege = $1 and a.active = 1
