-- Keeps a snapshot in the place of the one with the same tags.
insert into jsonstorage (filename, key, tags, data, modtime, persistent) values ($1, $2, $3, $4, $5, $6)
on conflict (key, filename, tags) do update set data = excluded.data, modtime = excluded.modtime, persistent = excluded.persistent
