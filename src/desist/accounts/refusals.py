"""The refusal of every way of signing in."""


class NotLetIn(Exception):
    """The answer belongs to no account that may sign in on this site."""
