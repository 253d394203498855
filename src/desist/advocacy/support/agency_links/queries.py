"""Questions about links for agencies, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.advocacy.clients import queries as victims
from desist.advocacy.support.agency_links.policy import Action
from desist.advocacy.support.models import SupportLink, SupportReferral
from desist.advocacy.victims.models import Victim
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Page:
    """A referral for which a link is made. `until` is when its present link ends, None without one."""

    client: victims.Page
    ref: str
    agency: str
    phone: str
    until: datetime | None


def to_make(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One referral, for the advocate who makes a link to it."""
    rows = gate.open(actor, Action.MAKE_AGENCY_LINK, SupportReferral, ref, at=at)
    row = rows.select_related("need__victim", "agency").get()
    client = victims.page_of(Victim.objects.filter(pk=row.need.victim_id), actor=actor, at=at)
    link = row.links.filter(ended_at=None, until__gt=at).first()
    return Page(
        client=client,
        ref=row.ref,
        agency=row.agency.name,
        phone=row.agency.phone,
        until=link.until if link else None,
    )


def to_revoke(*, actor: Actor, ref: str, at: datetime) -> str:
    """The reference of the referral, for the advocate who revokes a link."""
    rows = gate.open(actor, Action.REVOKE_AGENCY_LINK, SupportLink, ref, at=at)
    return str(rows.values_list("referral__ref", flat=True).get())
