-- Changes address and profile of an account, unless the address is another one's.
update accounts
   set email = $2, email_key = $3, confirmed_at = $4, first_name = $5, last_name = $6, country = $7, subdivision_first = $8,
       subdivision_second = $9, subdivision_third = $10, organization = $11, timezone = $12, language = $13, found_by = $14
 where id = $1 and not exists (select 1 from accounts o where o.email_key = $3 and o.id <> $1)
