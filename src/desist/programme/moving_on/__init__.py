"""People who are offered to another programme, by the way that two zones have (desist/moving_in/offers)."""
