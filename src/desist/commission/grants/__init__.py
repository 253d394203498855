"""The grants that pay for services, and the cost of a start and a completion; nothing of a return is imported here."""
