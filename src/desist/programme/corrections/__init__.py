"""Putting a finished record of a session right: who, when and why, and what was said before stays readable."""
