"""Clients who come from another system, by the way in that two zones have (desist/moving_in)."""
