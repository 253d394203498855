"""The advocacy zone keeps no rows yet."""
