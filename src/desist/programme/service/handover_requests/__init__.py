"""Requests to colleagues to take over a person, or one meeting during a leave."""
