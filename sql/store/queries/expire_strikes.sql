-- Erases counts that are over.
delete from strikes where expires_at <= $1
