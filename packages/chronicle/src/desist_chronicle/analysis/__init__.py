"""The findings that a course of conduct allows: from occasions and weeks, never from raw messages."""
