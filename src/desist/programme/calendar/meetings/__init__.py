"""Sessions and assessments in one calendar: where they keep each other apart, and what assessments take of it."""
