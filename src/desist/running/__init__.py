"""Running a deployment on one machine: its processes, what they start from, and how they stop."""
