"""One person of a caseload, offered to a service elsewhere: what leaves here moves in there."""
