"""The reflective log: a practitioner's own notes on their practice, and those that they shared with their supervisor."""
