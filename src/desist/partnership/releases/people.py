"""Whether two accounts are one person: the one place that says so."""


def same(one: str, other: str) -> bool:
    """Whether two accounts, by reference, belong to one person."""
    return one == other
