"""Who works with people: what is known of each, whether they may take a person, and what they declare."""
