"""Why a file may not be attached."""


class Refused(Exception):
    """The sentence says why, and what to do instead."""
