"""What makes a meeting that is planned impossible or unlawful, and on whose desk it is then."""
