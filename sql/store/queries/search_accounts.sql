-- Lists at most $3 accounts after a number whose address or name is like $2,
-- '' for all of them.
select id, uid, kind, email, confirmed_at, active, created_at, signed_in_at, first_name, last_name, country,
       subdivision_first, subdivision_second, subdivision_third, organization, timezone, language, factor, factor_step
  from accounts
 where id > $1 and ($2 = '' or found_by like $2 escape '\')
 order by id
 limit $3
