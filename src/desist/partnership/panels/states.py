"""The codes of panels, and what may follow what with a paper and with an action."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """The kind of a panel's meeting."""

    CLINIC = "clinic", "Stalking clinic"
    MASIP = "masip", "Multi-agency stalking panel (MASIP)"
    MARAC = "marac", "Slot of a MARAC"


class Came(TextChoices):
    """Whether an agency came to a meeting."""

    UNKNOWN = "", "Not recorded"
    CAME = "came", "Came"
    APOLOGIES = "apologies", "Sent apologies"
    ABSENT = "absent", "Did not come"


class Side(TextChoices):
    """The two sides of a case: each has its own papers, minutes and actions."""

    PERSON = "programme", "The person’s side"
    VICTIM = "advocacy", "The victim’s side"


class Sort(TextChoices):
    """What an exact copy for an agency is."""

    PAPER = "paper", "Paper for the meeting"
    FORMULATION = "formulation", "Formulation"
    MINUTES = "minutes", "Minutes"


#: what the meeting agreed: it is written on the day or later, and the chair signs it
AGREED = (Sort.FORMULATION, Sort.MINUTES)


class State(TextChoices):
    """Where a paper stands. TRANSITIONS says what may follow what."""

    WRITTEN = "written", "Waits for a second person"
    RELEASED = "released", "Released"
    REPLACED = "replaced", "Replaced by a newer version"
    RECALLED = "recalled", "Recalled"
    DROPPED = "dropped", "Not released"


OVER = (State.REPLACED, State.RECALLED, State.DROPPED)
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.WRITTEN: (State.RELEASED, State.DROPPED),
    State.RELEASED: (State.REPLACED, State.RECALLED),
    **dict.fromkeys(OVER, ()),
}


class Progress(TextChoices):
    """Where an action stands."""

    OPEN = "open", "To do"
    DONE = "done", "Done"
    NOT_POSSIBLE = "not_possible", "Not possible"
    DROPPED = "dropped", "No longer needed"


FOLLOWS: dict[Progress, tuple[Progress, ...]] = {
    Progress.OPEN: (Progress.DONE, Progress.NOT_POSSIBLE, Progress.DROPPED),
    Progress.NOT_POSSIBLE: (Progress.OPEN, Progress.DONE, Progress.DROPPED),
    Progress.DONE: (Progress.OPEN,),
    Progress.DROPPED: (),
}


class What(TextChoices):
    """One thing that happened to an action."""

    GIVEN = "given", "Given"
    CHASED = "chased", "Chased"
    DONE = Progress.DONE.value, "Done"
    NOT_POSSIBLE = Progress.NOT_POSSIBLE.value, "Not possible"
    NOT_YET = "not_yet", "Not yet done"
    OPEN = Progress.OPEN.value, "Asked again"
    DROPPED = Progress.DROPPED.value, "No longer needed"
