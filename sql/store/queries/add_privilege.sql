-- Adds a privilege.
insert into privileges (name) values ($1) on conflict do nothing
