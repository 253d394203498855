"""What developers work with: the demo's invented people, measurements, the leak search, their commands. Never in the wheel."""
