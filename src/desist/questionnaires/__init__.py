"""Filling in a questionnaire and showing its result, on either side that does so: no rows, no zone."""
