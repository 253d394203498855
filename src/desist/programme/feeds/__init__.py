"""A practitioner's calendar at a secret address: busy, and nothing else."""
