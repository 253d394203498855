"""What the gate and the commands behind it refuse, where a view has a sentence of its own for it."""


class Changed(Exception):
    """A row is not what it was when the page was drawn: a colleague saved it since, or another page did."""
