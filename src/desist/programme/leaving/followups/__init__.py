"""Six and twelve months after the end: was the person reached, and what became known."""
