-- Lists accounts after a number; those that are not active if $2 is 1.
select id, uid, kind, email, confirmed_at, active, created_at, signed_in_at, first_name, last_name, country,
       subdivision_first, subdivision_second, subdivision_third, organization, timezone, language, factor, factor_step
  from accounts
 where id > $1 and (active = 1 or $2 = 1)
 order by id
 limit $3
