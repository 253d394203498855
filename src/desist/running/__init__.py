"""Running a deployment on one machine: its processes, their environment, and their end."""
