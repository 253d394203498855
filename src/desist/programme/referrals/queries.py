"""Questions about referrals, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist import codes
from desist.programme import clocks
from desist.programme.policy import Action
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import DeclineReason, State
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One line of the inbox."""

    ref: str
    spoken: str
    name: str
    received_at: datetime
    clock: clocks.DayCount
    state: str
    waits: bool


@dataclass(frozen=True)
class Page:
    """Everything a manager reads before deciding."""

    ref: str
    spoken: str
    name: str
    born: date
    age: int
    state: str
    state_label: str
    version: int
    waits: bool
    episode: str | None
    clock: clocks.DayCount
    completed_at: datetime
    received_at: datetime
    partner: str
    route: str
    legal_basis: str
    proceedings: str
    behaviours: tuple[str, ...]
    relationship: str
    offence: str
    behaviour_account: str
    risks_to_staff: str
    needs: str
    referrer_name: str
    referrer_phone: str
    decline_reason: str
    decision_note: str
    decided_at: datetime | None


def referrals(*, actor: Actor, state: str = "received", at: datetime) -> tuple[Row, ...]:
    """The referrals of the area in a state, the longest waiting first; at most PAGE."""
    rows = gate.see(actor, Action.SEE_REFERRALS, Referral, at=at)
    found = rows.filter(state=state).order_by("completed_at", "pk")[:PAGE]
    return tuple(
        Row(
            ref=row.ref,
            spoken=spoken(row.ref),
            name=f"{row.given_names} {row.family_name}",
            received_at=row.received_at,
            clock=clocks.allocation(complete_at=row.completed_at, now=at),
            state=State(row.state).label,
            waits=row.state == State.RECEIVED,
        )
        for row in found
    )


def referral(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One referral, whole."""
    row = gate.open(actor, Action.SEE_REFERRAL, Referral, ref, at=at).select_related("episode").get()
    episode = getattr(row, "episode", None)
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.given_names} {row.family_name}",
        born=row.born,
        age=age(row.born, at.astimezone(clocks.LONDON).date()),
        state=row.state,
        state_label=State(row.state).label,
        version=row.version,
        waits=row.state == State.RECEIVED,
        episode=episode.ref if episode else None,
        clock=clocks.allocation(complete_at=row.completed_at, now=at),
        completed_at=row.completed_at,
        received_at=row.received_at,
        partner=row.partner,
        route=codes.Route(row.route).label,
        legal_basis=codes.LegalBasis(row.legal_basis).label,
        proceedings=codes.Proceedings(row.proceedings).label,
        behaviours=tuple(codes.Behaviour(code).label for code in row.behaviours),
        relationship=codes.Relationship(row.relationship).label,
        offence=row.offence,
        behaviour_account=row.behaviour_account,
        risks_to_staff=row.risks_to_staff,
        needs=row.needs,
        referrer_name=row.referrer_name,
        referrer_phone=row.referrer_phone,
        decline_reason=DeclineReason(row.decline_reason).label if row.decline_reason else "",
        decision_note=row.decision_note,
        decided_at=row.decided_at,
    )


def age(born: date, today: date) -> int:
    """Whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
