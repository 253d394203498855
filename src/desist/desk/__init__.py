"""The duty desk of a zone: alerts that a person must take up, and the numbers that always reach somebody."""
