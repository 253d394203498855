"""Extracts for an evaluator: pseudonymised people of a service under a named agreement, signed by one and sent by another."""
