"""Days that lie ahead of a person: what orders bring, and what was noted. Dates alone, never what will happen on them."""
