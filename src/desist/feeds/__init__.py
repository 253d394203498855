"""An account's own calendar at a secret address, in zones that have one; each zone defines its content."""
