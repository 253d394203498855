"""Quarterly returns to the commissioner, in three zones: counted, signed, sent by a second person, corrected and recalled.

Each zone has its own tables, and says what it counts (`kinds.Kind`).
"""
