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


def to_release() -> tuple[Partner, ...]:
    """Partners whose digits are compared, while something still waits for that."""
    held = Outbox.objects.filter(sent_at=None, next_at=HELD).values("receiver")
    return tuple(Partner.objects.filter(name__in=held, withdrawn_at=None).exclude(keys=""))
