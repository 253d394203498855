"""The codes of a file that came from a client."""

from django.db.models import TextChoices


class State(TextChoices):
    """How far a file has come. A worker takes it on once it is whole."""

    ARRIVING = "arriving", "Being uploaded"
    TAKING = "taking", "Being taken over"
    LOOKING = "looking", "Being looked through"
    ASKING = "asking", "Questions to answer"
    BRINGING = "bringing", "Being kept"
    KEPT = "kept", "Kept"
    LOCKING = "locking", "Being locked anew"
    SPOILT = "spoilt", "Cannot be opened"
    DROPPING = "dropping", "Being removed"
    DROPPED = "dropped", "Removed"


#: while the worker is at it: reading, removing, or locking anew after two records of the client were merged
WAITING = (State.LOOKING, State.BRINGING)
UNSETTLED = (*WAITING, State.TAKING, State.DROPPING)
AT_WORK = (*UNSETTLED, State.LOCKING)
#: what can be on an exhibit
HERE = (State.KEPT, State.LOCKING)
#: what is no longer here, or soon will not be
GONE = (State.DROPPING, State.DROPPED)


class Came(TextChoices):
    """The way in which a file came from the client."""

    PHONE = "phone", "Copied from their phone or computer with them"
    SENT = "sent", "They sent it"
    STICK = "stick", "They handed over a stick or disk"
    POLICE = "police", "The police gave it to them"
    LINK = "link", "They sent it by a link, and it was accepted"


class Custody(TextChoices):
    """An act in the custody log of one file."""

    BEGUN = "begun", "Upload begun"
    ACCEPTED = "accepted", "Accepted as the client sent it"
    WHOLE = "whole", "Arrived whole"
    READ = "read", "Read, and what was chosen kept"
    CORRECTED = "corrected", "Corrected"
    SAVED = "saved", "A copy was saved"
    EXHIBITED = "exhibited", "Put on an exhibit"
    RELOCKED = "relocked", "Locked anew, with another key"
    ENDED = "ended", "Removed"
