"""The skills that sessions teach, in our own words: a catalogue, and texts in depth. Pure; every zone may read them."""
