"""Who works with people: what is known of each, whether they may take somebody, and what they declare."""
