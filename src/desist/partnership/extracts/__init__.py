"""What the police recorded of people of a programme's extract, for its evaluator: signed by one and sent by another."""
