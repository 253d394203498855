"""The police's events on a referral mid-programme that no colleague has answered yet, as its timeline tells it.

A manager answers a withdrawal by deciding that the work goes on; the practitioner answers a change, a file or an order
by reading it. Neither answers for the other. Events before the service's own decision were open to its decider.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.wall.actors import Actor

#: what the police send of themselves
POLICE = {Happened.ORDER_TOLD, Happened.JUDGED}
#: an answer -> the events that it answers
ANSWERS = {
    Happened.DECIDED: {Happened.WITHDRAWN, Happened.AMENDED, Happened.ATTACHED, *POLICE},
    Happened.WENT_ON: {Happened.WITHDRAWN},
    Happened.READ: {Happened.AMENDED, Happened.ATTACHED, *POLICE},
}
#: the referrer's acts, over post or typed in here, and orders of which the police told
TOLD = {Happened.WITHDRAWN, Happened.AMENDED, *POLICE}
#: timeline lines for acts from outside
CAME = Q(what__in=TOLD) | Q(what=Happened.ATTACHED, by="")
TELLING = CAME | Q(what__in=ANSWERS)

#: whether the referrer withdrew the referral, whether they changed it -> what a notice says they did
REFERRER = {
    (True, True): "The referrer withdrew the referral, and changed it",
    (True, False): "The referrer withdrew the referral",
    (False, True): "The referrer changed the referral",
    (False, False): "",
}


@dataclass(frozen=True)
class News:
    """The events that ask for an answer: to decide (`taken_back`), to read (the rest), or both."""

    taken_back: bool
    amended: bool  # or a file came
    ordered: bool  # the police sent details of an order
    judged: bool  # the police sent their judgement of risk

    @property
    def changed(self) -> bool:
        """Whether there is anything to read."""
        return self.amended or self.ordered or self.judged

    @property
    def police(self) -> str:
        """What the police sent; "" for nothing."""
        sent = ("details of an order" if self.ordered else "", "their judgement" if self.judged else "")
        words = " and ".join(filter(None, sent))
        return f"the police sent {words}" if words else ""

    @property
    def title(self) -> str:
        """The event, as a notice says it."""
        referrer = REFERRER[self.taken_back, self.amended]
        said = "; ".join(filter(None, (referrer, self.police)))
        return said[:1].upper() + said[1:]

    @property
    def asks(self) -> str:
        """The words of To do, after the name of the person."""
        if self.taken_back:
            too = f", and {self.police}" if self.police else " and changed it" if self.amended else ""
            said = f"the referrer withdrew the referral{too}"
            return f"{said}: {'read it and decide' if self.changed else 'decide'}"
        if self.police:
            too = ", and the referral was amended" if self.amended else ""
            look = ", and look at what is planned" if self.ordered else ""
            return f"{self.police}{too}: read it{look}"
        return "the referral was amended: read what changed"


@dataclass(frozen=True)
class Asked(News):
    """News, and whether the actor may answer for what there is to read; an actor who sees it may decide."""

    may_read: bool

    @property
    def closes(self) -> bool:
        """Whether the actor's answer leaves nothing open."""
        return self.may_read or not self.changed

    @property
    def may_answer(self) -> bool:
        """Whether the actor has anything to answer."""
        return self.may_read or self.taken_back


def asked(referral: Referral, actor: Actor) -> Asked:
    """Return what an unread referral asks of the actor."""
    lines = referral.happenings.filter(TELLING).order_by("pk")
    found = told(lines.values_list("what", flat=True))
    return Asked(
        found.taken_back, found.amended, found.ordered, found.judged, may_read=may_read(referral, actor)
    )


def told(happened: Iterable[str]) -> News:
    """Return what asks for an answer, from the lines of the timeline, the oldest first."""
    left: set[str] = set()
    for what in happened:
        left = left - ANSWERS[Happened(what)] if what in ANSWERS else left | {what}
    others = left - {Happened.WITHDRAWN, *POLICE}
    return News(
        taken_back=Happened.WITHDRAWN in left,
        amended=bool(others) or not left,
        ordered=Happened.ORDER_TOLD in left,
        judged=Happened.JUDGED in left,
    )


def may_read(referral: Referral, actor: Actor) -> bool:
    """Return whether the actor may read a change: as the person's practitioner, or as a manager where there is none."""
    working = referral.episode.allocations.filter(ended_at=None).values_list("practitioner__ref", flat=True)
    return not working or actor.who in working
