-- Lists the privileges that are not built in.
select name from privileges order by name
