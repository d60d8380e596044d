-- Forgets a count.
delete from strikes where key = $1
