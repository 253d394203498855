"""The commands that a checkout has and an installed Desist has not: one module a command."""
