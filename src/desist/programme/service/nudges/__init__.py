"""What e-mails to staff of a programme are about."""
