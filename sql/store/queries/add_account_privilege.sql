-- Gives an account a privilege.
insert into account_privileges (account, privilege) values ($1, $2) on conflict do nothing
