-- Lets an account be used, or not.
update accounts set active = $2 where id = $1
