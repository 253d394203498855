"""Two records of one person, in the zones where staff work with cases; each zone names its records."""
