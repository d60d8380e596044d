-- Puts $3 in the place of what is in a parcel if that is still $2.
update parcels set body = $3 where id = $1 and body = $2
