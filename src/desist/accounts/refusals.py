"""What signing in refuses, in whichever way a person tries it."""


class NotLetIn(Exception):
    """What was given does not belong to anybody who may sign in here."""
