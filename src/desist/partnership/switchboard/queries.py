"""Questions of the switchboard."""

from dataclasses import dataclass
from datetime import datetime

from desist.desk.duty import queries as duty
from desist.partnership.referrals.models import Referral
from desist.partnership.switchboard.models import Onward
from desist.partnership.switchboard.policy import Action
from desist.post.models import Partner
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor

MOST = 200  # passed on at one turn of the clock


@dataclass(frozen=True)
class Page:
    """The programme to ask, the person it is about, and the numbers of the desk."""

    ref: str
    spoken: str
    name: str
    programme: str
    duty: tuple[duty.Number, ...]


def waiting() -> tuple[str, ...]:
    """The notices that wait to be passed on, the oldest first; for the clock."""
    rows = Onward.objects.filter(done_at=None).order_by("written_at", "pk")
    return tuple(rows.values_list("ref", flat=True)[:MOST])


def asking(*, actor: Actor, ref: str, at: datetime) -> Page:
    """The referral about which an officer asks a programme to ring."""
    row = gate.open(actor, Action.ASK_PROGRAMME, Referral, ref, at=at).get()
    title = Partner.objects.filter(name=row.programme).values_list("title", flat=True).first()
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=row.name,
        programme=title or row.programme,
        duty=duty.current(actor=actor, at=at),
    )
