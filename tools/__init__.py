"""The developers' tools: the demo's invented people, measurements, the leak search, commands. Never in the wheel."""
