"""Contact with a person, or about them, outside sessions: who, when, how, what for, and what came of it."""
