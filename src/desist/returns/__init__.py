"""Quarterly returns, on whichever side: what they count, their quarters, and the figures that cross; no rows."""
