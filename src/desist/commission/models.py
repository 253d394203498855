"""The commission zone keeps no rows yet."""
