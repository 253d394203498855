"""Letters to a client: fixed words, an address checked with the client, and no sign of the sender."""
