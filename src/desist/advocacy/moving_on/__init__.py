"""Clients who are offered to a service elsewhere, by the way that two zones have (desist/moving_in/offers)."""
