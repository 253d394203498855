"""Changing a plan: move one session or it and all later ones, cancel one, add one beside the twelve."""
