"""Letters to a client: fixed words, an address that was checked with them, and nothing on them that says from whom."""
