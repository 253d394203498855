"""Disclosures on every side: their codes, their form, the exact copy, and the search for a victim's own phrases."""
