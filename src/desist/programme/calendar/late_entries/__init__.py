"""Putting down what was held: at another time than planned, or before anything was planned here."""
