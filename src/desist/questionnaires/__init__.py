"""Filling in a questionnaire and telling what came of it, on whichever side it is done: no rows, no zone."""
