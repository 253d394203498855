"""Desist: the working system of a stalking-perpetrator intervention."""
