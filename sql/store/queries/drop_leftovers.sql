-- Forgets those of the erased sessions whose files were looked for $1 times.
delete from leftovers where passes >= $1 and session in ([$n])
