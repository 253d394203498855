"""The envelopes that wait or are dead, as numbers alone."""

from datetime import datetime

from django.db.models import Count, Min

from desist.post.models import Inbox, Outbox, Partner
from desist.post.transports import Transport


def to_leave() -> tuple[int, datetime | None]:
    """The number of envelopes that wait to be carried, and when the oldest was written.

    What was written to a partner that is told by hand since then waits for nobody.
    """
    by_hand = Partner.objects.filter(transport=Transport.BY_HAND).values("name")
    rows = Outbox.objects.filter(sent_at=None).exclude(receiver__in=by_hand)
    found = rows.aggregate(number=Count("pk"), oldest=Min("at"))
    return found["number"], found["oldest"]


def to_be_handled() -> tuple[int, datetime | None]:
    """The number of envelopes that wait for the worker, and when the oldest arrived."""
    rows = Inbox.objects.filter(handled_at=None, dead_at=None)
    found = rows.aggregate(number=Count("pk"), oldest=Min("arrived_at"))
    return found["number"], found["oldest"]


def dead() -> int:
    """The number of envelopes that were given up."""
    return Inbox.objects.exclude(dead_at=None).count()
