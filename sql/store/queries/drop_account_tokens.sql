-- Takes away what works once, of one purpose.
delete from account_tokens where account = $1 and purpose = $2
