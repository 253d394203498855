"""When a practitioner is away, and who stands in."""
