"""The duty desk of a zone: alerts that a person must take up, and the telephone numbers that are always answered."""
