-- Counts one less.
update strikes set n = n - 1 where key = $1 and n > 0
