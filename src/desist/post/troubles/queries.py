"""What of the post needs a person: dead envelopes, those that have waited too long, and digits to be compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from desist.post import own, partners, payloads
from desist.post.models import Inbox, Outbox, Partner
from desist.post.policy import Action
from desist.post.transports import Transport
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: After this time an envelope that is neither handed over nor handled needs a person, and so do withdrawn keys.
LATE = timedelta(minutes=10)


@dataclass(frozen=True)
class Stuck:
    """How many envelopes are dead, wait to be handled too long, and wait to leave too long.

    `withdrawn`: how many partners withdrew their keys, so that their envelopes wait over there, and nobody compared digits.
    """

    dead: int
    unhandled: int
    unsent: int
    withdrawn: int = 0

    @property
    def count(self) -> int:
        """All the envelopes."""
        return self.dead + self.unhandled + self.unsent

    @property
    def needs_a_person(self) -> bool:
        """Whether there is anything."""
        return bool(self.count or self.withdrawn)


def stuck(*, at: datetime) -> Stuck:
    """What needs a person now. A partner whose envelopes are carried as files is left out: a person carries them."""
    arrived = Inbox.objects.filter(handled_at=None)
    by_courier = Partner.objects.filter(transport=Transport.COURIER).values("name")
    late = at - LATE
    return Stuck(
        dead=arrived.exclude(dead_at=None).count(),
        unhandled=arrived.filter(dead_at=None, arrived_at__lte=late).count(),
        unsent=Outbox.objects.filter(sent_at=None, at__lte=late, receiver__in=by_courier).count(),
        withdrawn=Partner.objects.filter(withdrawn_at__lte=late).count(),
    )


def waiting(*, actor: Actor, at: datetime) -> Stuck | None:
    """What needs the actor, for the first page; None where nothing does, or the post is not theirs to look after."""
    if not policy.opens(actor.role, "post:envelopes"):
        return None
    gate.see(actor, Action.SEE_POST, Inbox, at=at)
    found = stuck(at=at)
    return found if found.needs_a_person else None


def not_handed_over(sent: Iterable[tuple[str, datetime]], *, at: datetime) -> frozenset[tuple[str, datetime]]:
    """Of alerts (partner's name, moment raised), those that are not where a person there can read them, although late."""
    wanted = {one for one in sent if one[1] <= at - LATE}
    if not wanted:
        return frozenset()
    names = {name for name, _ in wanted}
    keys = own.keys()
    known = Partner.objects.filter(name__in=names) if keys.was_exposed else ()
    unread = [row.name for row in known if partners.is_unread(row, keys)]
    rows = Outbox.objects.filter(
        Q(sent_at=None) | Q(receiver__in=unread),
        kind=payloads.Alert.KIND,
        receiver__in=names,
        at__in={moment for _, moment in wanted},
    )
    return frozenset(wanted) & frozenset(rows.values_list("receiver", "at"))
