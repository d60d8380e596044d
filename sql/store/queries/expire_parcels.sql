-- Erases what nobody fetched in time.
delete from parcels where expires_at <= $1
