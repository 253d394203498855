"""Exported messages to a course of conduct: a pure library, without Django, network or clock."""
