"""What the police did to a referral mid-programme that nobody answered for yet, as its timeline tells it.

A withdrawal is answered for by deciding that the work goes on; what was changed or sent, by reading it. Neither answers
for the other. What came before the service's own decision was before whoever decided.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from desist.programme.referrals.models import Happening, Referral
from desist.programme.referrals.states import Happened
from desist.wall.actors import Actor

#: what came -> what answers for it
ANSWERED_BY = {
    Happened.WITHDRAWN: Happened.WENT_ON,
    Happened.AMENDED: Happened.READ,
    Happened.ATTACHED: Happened.READ,
}
CHANGES = (Happened.AMENDED, Happened.ATTACHED)


@dataclass(frozen=True)
class Unread:
    """What asks for an answer, and what of it whoever looks may answer for."""

    taken_back: bool
    changed: bool
    may_read: bool

    @property
    def closes(self) -> bool:
        """Whether their answer leaves nothing open."""
        return self.may_read or not self.changed

    @property
    def may_answer(self) -> bool:
        """Whether there is anything for them to say."""
        return self.may_read or self.taken_back


def of(referral: Referral, actor: Actor) -> Unread:
    """The same of one referral that is unread."""
    taken_back = _came(referral.pk, Happened.WITHDRAWN).exists()
    changed = _came(referral.pk, *CHANGES).exists() or not taken_back
    return Unread(taken_back, changed, may_read=_may_read(referral, actor))


def taken_back(referral: str) -> Exists:
    """Of rows with a referral: whether it was taken back and nobody decided since. `referral` is the lookup to it."""
    return Exists(_came(OuterRef(referral), Happened.WITHDRAWN))


def changed(referral: str) -> Exists:
    """Of rows with a referral: whether something was changed or sent that nobody has read."""
    return Exists(_came(OuterRef(referral), *CHANGES))


def _may_read(referral: Referral, actor: Actor) -> bool:
    """Whoever works with the person or stands in reads what changed; a manager only while there is nobody."""
    working = referral.episode.allocations.filter(ended_at=None).values_list("practitioner__ref", flat=True)
    return not working or actor.who in working


def _came(referral: int | OuterRef, *what: Happened) -> QuerySet[Happening]:
    answers = {ANSWERED_BY[one] for one in what} | {Happened.DECIDED}
    answered = Happening.objects.filter(referral=OuterRef("referral"), what__in=answers).order_by("-pk")
    came = Happening.objects.filter(referral=referral, what__in=what, by="")
    return came.filter(pk__gt=Coalesce(Subquery(answered.values("pk")[:1]), 0))
