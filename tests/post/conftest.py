"""A site with its keys, its partners, and envelopes that can be sent to it."""
