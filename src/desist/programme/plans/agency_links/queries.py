"""Questions about links for agencies, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.plans.agency_links.policy import Action
from desist.programme.plans.support.models import SupportLink, SupportReferral
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Page:
    """A referral for which a link is made. `until` is when its present link ends, None without one."""

    ref: str
    episode: str
    spoken: str
    name: str
    agency: str
    phone: str
    until: datetime | None


def to_make(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One referral, for the practitioner who makes a link to it."""
    rows = gate.open(actor, Action.MAKE_AGENCY_LINK, SupportReferral, ref, at=at)
    row = rows.select_related("episode__referral", "agency").get()
    link = row.links.filter(ended_at=None, until__gt=at).first()
    return Page(
        ref=row.ref,
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=row.episode.referral.name,
        agency=row.agency.name,
        phone=row.agency.phone,
        until=link.until if link else None,
    )


def to_revoke(*, actor: Actor, ref: str, at: datetime) -> str:
    """The reference of the person, for the practitioner who revokes a link."""
    rows = gate.open(actor, Action.REVOKE_AGENCY_LINK, SupportLink, ref, at=at)
    return str(rows.values_list("referral__episode__ref", flat=True).get())
