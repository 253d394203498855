"""A person's own phone: whether they use one, its invitation, and what they ask for there."""
