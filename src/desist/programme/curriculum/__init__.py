"""What the twelve sessions are about: a versioned template that planning copies from."""
