"""E-mails that say only that something waits: each zone says what may wait, and each account which of them it wants."""
