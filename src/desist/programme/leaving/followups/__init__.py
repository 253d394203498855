"""The follow-ups six and twelve months after the end: whether the person was reached, and what became known."""
