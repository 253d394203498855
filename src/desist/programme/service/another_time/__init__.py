"""Another time for a meeting that nobody can hold while a colleague is away."""
