"""What an extract for an evaluator holds, on both sides of its door: columns, codes, and the check of its rows. No tables."""
