"""What the quarterly return of an advocacy service counts, and its table; the rest is in desist/quarterly."""
