"""Filters of long lists that an account keeps under a name of its own."""
