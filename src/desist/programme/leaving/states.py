"""The tree of reasons why a person leaves, and the states of a leaving."""

from dataclasses import dataclass

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what. A deselection begins held; everything else ends at once."""

    HELD = "held", "Decided; nobody has been told yet"
    ENDED = "ended", "Ended"
    TAKEN_BACK = "taken_back", "Taken back"
    MISTAKE = "mistake", "Recorded by mistake, so the programme goes on"
    CAME_BACK = "came_back", "The person came back, so the programme goes on"


#: leavings that count: neither taken back nor followed by one programme that went on
STANDS = (State.HELD, State.ENDED)
#: the two ways in which an ended programme goes on
REOPENS = (State.MISTAKE, State.CAME_BACK)
#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.HELD: (State.ENDED, State.TAKEN_BACK),
    State.ENDED: (State.MISTAKE, State.CAME_BACK),
    State.TAKEN_BACK: (),
    State.MISTAKE: (),
    State.CAME_BACK: (),
}


class By(TextChoices):
    """The side that decides: the first fork of the tree."""

    COMPLETED = "completed", "Completed the programme"
    PERSON = "person", "By the person"
    SERVICE = "service", "By the service (deselection)"
    OTHERS = "others", "Other circumstances"


class Phase(TextChoices):
    """How far the person was: read from the record, never asked."""

    BEFORE_AGREEMENT = "before_agreement", "Before an agreement to take part"
    BEFORE_FIRST = "before_first", "Before the first session"
    DURING = "during", "During the sessions"
    AFTER_LAST = "after_last", "All sessions attended"


class Reason(TextChoices):
    """Why, coded so that it can be counted; the words go into the note."""

    COMPLETED = "completed", "All sessions, or what was agreed instead"
    WITHDREW = "withdrew", "Withdrew"
    DID_NOT_AGREE = "did_not_agree", "Did not agree to take part"
    COULD_NOT = "could_not", "Could not continue: work, health or caring"
    NON_ATTENDANCE = "non_attendance", "Did not attend"
    CONDUCT = "conduct", "Threats or violence"
    NOT_WORKING = "not_working", "Attended but did not engage"
    NOT_SUITABLE = "not_suitable", "No longer meets the service's criteria"
    RISK = "risk", "Risk that the programme cannot manage"
    CUSTODY = "custody", "In custody"
    DIED = "died", "Died"
    MOVED = "moved", "Moved out of the area"
    MOVED_ON = "moved_on", "Goes on with another programme"
    ORDER_ENDED = "order_ended", "The order or requirement ended"
    REFERRAL_WITHDRAWN = "referral_withdrawn", "The referrer withdrew the referral"


#: the tree: deciding side -> its reasons
TREE: dict[By, tuple[Reason, ...]] = {
    By.COMPLETED: (Reason.COMPLETED,),
    By.PERSON: (Reason.WITHDREW, Reason.DID_NOT_AGREE, Reason.COULD_NOT),
    By.SERVICE: (
        Reason.NON_ATTENDANCE,
        Reason.CONDUCT,
        Reason.NOT_WORKING,
        Reason.NOT_SUITABLE,
        Reason.RISK,
    ),
    By.OTHERS: (
        Reason.CUSTODY,
        Reason.DIED,
        Reason.MOVED,
        Reason.MOVED_ON,
        Reason.ORDER_ENDED,
        Reason.REFERRAL_WITHDRAWN,
    ),
}
#: nobody asks these people at 6 and 12 months how it went: they died, or another programme asks
NOT_FOLLOWED_UP = frozenset({Reason.DIED, Reason.MOVED_ON})
BY: dict[Reason, By] = {reason: by for by, reasons in TREE.items() for reason in reasons}


class How(TextChoices):
    """How the person was told."""

    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    LETTER = "letter", "By letter"
    THROUGH_OTHERS = "through_others", "Through a solicitor, probation or a guardian"


@dataclass(frozen=True)
class Ending:
    """A decision. `contact` is the number that an alert carries; `note` stays in the programme."""

    reason: Reason
    note: str
    contact: str

    @property
    def by(self) -> By:
        """The side to which the reason belongs."""
        return BY[self.reason]
