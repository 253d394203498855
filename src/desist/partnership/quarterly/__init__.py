"""What the quarterly return of the police counts, and its table; the rest is in desist/quarterly."""
