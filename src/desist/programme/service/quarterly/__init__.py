"""What the programme's quarterly return counts, and its table; the rest is in desist/quarterly."""
