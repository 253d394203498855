"""Django's PostgreSQL, in which no statement waits for a lock without end."""
