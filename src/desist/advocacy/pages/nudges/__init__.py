"""What e-mails to staff of an advocacy service are about."""
