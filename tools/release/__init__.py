"""A release: the wheels, the locked requirements, the files of deploy/, a list of parts and the hashes of them all."""
