"""Quarterly returns to the commissioner: counted, signed, sent by a second person, corrected and recalled."""
