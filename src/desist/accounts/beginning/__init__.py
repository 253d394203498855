"""What a site lacks before its first case: each slice says what it needs, and administrators read the list."""
