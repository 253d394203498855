"""The rules that make a planned meeting impossible or unlawful, and the desk that then deals with it."""
