-- Finds an account by its address in lower case.
select id, uid, kind, email, confirmed_at, active, created_at, signed_in_at, first_name, last_name, country,
       subdivision_first, subdivision_second, subdivision_third, organization, timezone, language, factor, factor_step
  from accounts where email_key = $1
