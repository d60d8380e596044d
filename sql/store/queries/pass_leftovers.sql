-- Counts one look for the files of erased sessions.
update leftovers set passes = passes + 1 where session in ([$n])
