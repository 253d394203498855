"""What each practitioner has learnt: courses with their expiry, steps of the induction, and competence by module."""
