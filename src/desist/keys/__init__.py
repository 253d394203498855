"""The keys of one site: outside its database, outside its backups, rotated, recovered from printed shares."""
