"""What disclosures are on every side: their codes, their form, the exact copy, and the look for a victim's own phrases."""
