"""Questions about a rotation, for the clock."""

from datetime import datetime

from desist.post import own
from desist.post.models import Outbox, Partner
from desist.post.outbox import HELD
from desist.post.rotation import commands


def to_tell(*, at: datetime) -> tuple[str, ...]:
    """References of the partners that are to be told of this site's newest keys."""
    keys = own.keys()
    rows = Partner.objects.order_by("name")
    return tuple(row.ref for row in rows if commands.needs_telling(row, keys, at=at))


def to_hold(*, at: datetime) -> tuple[Partner, ...]:
    """Partners that have to compare digits, so that what an older process or a restore left for them may not leave."""
    if not own.keys().was_exposed:
        return ()
    rows = Partner.objects.order_by("name")
    return tuple(row for row in rows if commands.is_kept_waiting(row, at=at))


def to_release() -> tuple[Partner, ...]:
    """Partners for whom something waits until digits are compared, here or there."""
    held = Outbox.objects.filter(sent_at=None, next_at__gte=HELD).values("receiver")
    return tuple(Partner.objects.filter(name__in=held).exclude(keys=""))
