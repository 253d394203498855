"""Offering a client to another advocate, who accepts or refuses."""
