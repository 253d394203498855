"""Reminders of appointments, without content, to a channel that the person chose and that nobody else reads."""
