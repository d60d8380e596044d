-- Uses up what works once; of several who try, one touches a row.
delete from account_tokens where id = $1
