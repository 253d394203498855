"""One's own calendar at a secret address, in the zones that have one: what it tells, each zone says for itself."""
