-- Notes that erased sessions may have left files.
insert into leftovers (session, passes) values [($n, 0)]
    on conflict (session) do nothing
