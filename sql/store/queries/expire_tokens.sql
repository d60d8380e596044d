-- Forgets the used tokens that would be refused for their age by now.
delete from used_tokens where expires_at <= $1
