"""Entering sessions that were held at another time than planned, or before anything was planned here."""
