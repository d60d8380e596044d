-- Notes when somebody signed in.
update accounts set signed_in_at = $2 where id = $1
