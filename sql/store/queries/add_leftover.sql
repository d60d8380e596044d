-- Notes that an erased session may have left files.
insert into leftovers (session, passes) values ($1, 0)
    on conflict (session) do nothing
