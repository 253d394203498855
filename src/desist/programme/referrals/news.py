"""What the police did to a referral mid-programme that nobody answered for yet, as its timeline tells it.

A withdrawal is answered for by deciding that the work goes on; what was changed or sent, by reading it. Neither answers
for the other. What came before the service's own decision was before whoever decided.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.wall.actors import Actor

#: what answers -> for what
ANSWERS = {
    Happened.DECIDED: {Happened.WITHDRAWN, Happened.AMENDED, Happened.ATTACHED},
    Happened.WENT_ON: {Happened.WITHDRAWN},
    Happened.READ: {Happened.AMENDED, Happened.ATTACHED},
}
#: what the referrer did, whether it came over post or was typed in here
TOLD = {Happened.WITHDRAWN, Happened.AMENDED}
#: the lines of a timeline that tell: what came from the referrer, and what answered
TELLING = Q(what__in=TOLD) | Q(what=Happened.ATTACHED, by="") | Q(what__in=ANSWERS)


@dataclass(frozen=True)
class News:
    """What asks for an answer: to decide, to read, or both."""

    taken_back: bool
    changed: bool


@dataclass(frozen=True)
class Asked(News):
    """The same, and whether whoever looks may answer for what there is to read; whoever may look at it may decide."""

    may_read: bool

    @property
    def closes(self) -> bool:
        """Whether their answer leaves nothing open."""
        return self.may_read or not self.changed

    @property
    def may_answer(self) -> bool:
        """Whether there is anything for them to say."""
        return self.may_read or self.taken_back


def asked(referral: Referral, actor: Actor) -> Asked:
    """What asks of a referral that is unread, for whoever looks."""
    lines = referral.happenings.filter(TELLING).order_by("pk")
    found = told(lines.values_list("what", flat=True))
    return Asked(found.taken_back, found.changed, may_read=may_read(referral, actor))


def told(happened: Iterable[str]) -> News:
    """What asks for an answer, from the lines that tell, the oldest first."""
    left: set[str] = set()
    for what in happened:
        left = left - ANSWERS[Happened(what)] if what in ANSWERS else left | {what}
    taken_back = Happened.WITHDRAWN in left
    return News(taken_back, changed=not taken_back or len(left) > 1)


def may_read(referral: Referral, actor: Actor) -> bool:
    """Whoever works with the person or stands in reads what changed; a manager only while there is nobody."""
    working = referral.episode.allocations.filter(ended_at=None).values_list("practitioner__ref", flat=True)
    return not working or actor.who in working
