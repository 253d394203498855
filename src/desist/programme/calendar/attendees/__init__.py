"""Who else is there when a person is met."""
