"""What a programme lacks before its first case."""
