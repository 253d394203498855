"""What can be said of a course of conduct: on occasions and weeks, never on raw messages."""
