-- Moves a session one write on because somebody leaves it, who is its owner no more.
update sessions
   set rev = rev + 1, owner = case when owner = $2 then '' else owner end
 where id = $1
