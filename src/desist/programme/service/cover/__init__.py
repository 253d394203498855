"""Covering the meetings of a colleague who is away."""
