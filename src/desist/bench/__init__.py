"""What is measured, and how: one module a subject, each with a function `measure`."""
