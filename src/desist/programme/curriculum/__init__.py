"""The curriculum of the twelve sessions: a versioned template that planning copies from."""
