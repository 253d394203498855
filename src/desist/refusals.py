"""The refusal of a command: one exception with the sentence that the page shows. Pure."""

CHANGED = (
    "Not saved: what you see here was changed after you opened this page, perhaps by your own first click. "
    "Check what it says now, and send it again only where something is missing"
)
#: follows a page's own sentence about a colleague's change
OWN_CLICK = (
    "If you pressed the button twice, the first press may have made this change: then nothing is missing"
)


class Refused(Exception):
    """A command refuses the form. Its text says what happened and what to do.

    A subclass exists only where a view has to tell one refusal from another.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        """`field` is the field of the form that the sentence is about, "" for the whole form."""
        super().__init__(sentence)
        self.field = field


class Changed(Refused):
    """The row has changed since the page was drawn: a colleague saved it, or another page did."""

    def __init__(self, sentence: str = CHANGED) -> None:
        """Take a sentence of the command's own where it knows more than the gate."""
        super().__init__(sentence)
