"""What e-mails to staff of a police area are about."""
