"""What a practitioner's calendar tells: busy, and nothing else."""
