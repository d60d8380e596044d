-- Adds an account; none, if the address has one.
insert into accounts (uid, kind, email, email_key, confirmed_at, active, created_at, signed_in_at, first_name, last_name, country,
                      subdivision_first, subdivision_second, subdivision_third, organization, timezone, language, factor_step, found_by)
values ($1, $2, $3, $4, $5, $6, $7, null, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, $17)
on conflict (email_key) do nothing
returning id
