"""Questions about victims who were referred."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desist.orders import crime_references
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.partnership.referrals.states import UNSENT
from desist.partnership.victims.models import VictimReferral
from desist.partnership.victims.policy import Action
from desist.post.models import Partner
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 50
WAYS = {"phone": "telephone", "email": "e-mail", "address": "address"}


@dataclass(frozen=True)
class Row:
    """One referred victim, without a fact that names them."""

    spoken: str
    crime_reference: str
    service: str
    shared: str
    agreed_on: date
    sent_at: datetime
    beside: str  # the reference of the referral of the person who stalks them


def victims(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The area's newest referrals of victims; at most PAGE."""
    rows = gate.see(actor, Action.SEE_VICTIM_REFERRALS, VictimReferral, at=at).select_related("referral")
    titles = dict(Partner.objects.filter(zone="advocacy").values_list("name", "title"))
    return tuple(
        Row(
            spoken=spoken(row.ref),
            crime_reference=row.crime_reference,
            service=titles.get(row.advocacy, row.advocacy),
            shared=", ".join(WAYS[one] for one in row.shared) or "none",
            agreed_on=row.agreed_on,
            sent_at=row.sent_at,
            beside=row.referral.ref if row.referral else "",
        )
        for row in rows.order_by("-sent_at", "-pk")[:PAGE]
    )


def services(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The advocacy services that a victim can be referred to, as (name, title)."""
    found = Partner.objects.filter(zone="advocacy", ended_at=None, area__in=["", actor.area])
    return tuple(found.order_by("title").values_list("name", "title"))


def beside(*, actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The area's referrals of people who stalk, for the officer to choose the one this victim belongs to."""
    rows = gate.see(actor, ReferralsAction.SEE_REFERRALS, Referral, at=at).exclude(state__in=UNSENT)
    found = rows.order_by("-started_at").values_list("ref", "given_names", "family_name")[:PAGE]
    return tuple((ref, f"{spoken(ref)}, {given} {family}") for ref, given, family in found)


def known(*, actor: Actor, ref: str, at: datetime) -> dict[str, Any]:
    """What the referral of the person who stalks the victim says already: the form asks for none of it again."""
    row = gate.open(actor, ReferralsAction.SEE_REFERRAL, Referral, ref, at=at).get()
    spelt = (crime_references.known(word.strip(".,;:()")) for word in row.offence.split() if "/" in word)
    return {
        "referral": ref,
        "account": row.behaviour_account,
        "behaviours": row.behaviours,
        "relationship": row.relationship,
        "crime_reference": next(filter(None, spelt), ""),
        "officer_name": row.referrer_name,
        "officer_phone": row.referrer_phone,
    }
