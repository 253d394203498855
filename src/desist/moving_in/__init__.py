"""Caseloads that move in from tables: what two zones do alike. Each says which tables, and what a person becomes."""
