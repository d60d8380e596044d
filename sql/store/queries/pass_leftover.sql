-- Counts one look for the files of an erased session.
update leftovers set passes = passes + 1 where session = $1
