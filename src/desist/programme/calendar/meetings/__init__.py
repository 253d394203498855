"""Sessions and assessments in one calendar: how they keep clear of each other, and what assessments take of it."""
