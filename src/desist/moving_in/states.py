"""How far a caseload that moves in has come."""

from django.db.models import TextChoices


class State(TextChoices):
    """The state of one import. A worker checks it and brings it in; a person decides between the two."""

    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked"
    BRINGING = "bringing", "Being brought in"
    STOPPED = "stopped", "Stopped halfway"
    BROUGHT = "brought", "Brought in"
    TAKEN_BACK = "taken_back", "Taken back"
    DROPPED = "dropped", "Not brought in"


#: while the worker is at it
AT_WORK = (State.CHECKING, State.BRINGING)
#: while people of it are here
HERE = (State.STOPPED, State.BROUGHT)
