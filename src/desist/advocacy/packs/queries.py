"""Questions about breach packs, each with a frozen answer."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.advocacy.candidates import queries as candidates
from desist.advocacy.candidates.queries import Exhibited
from desist.advocacy.incidents import queries as incidents
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.texts import Account
from desist.advocacy.packs import commands
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.packs.policy import Action
from desist.advocacy.packs.states import State
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State as Case
from desist.desk.duty import queries as duty
from desist.orders import crime_references
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.wall import audit, gate
from desist.wall.actors import Actor
from desist.wall.statements import Question, moment

PAGE = 50
#: the page's names for the words of an incident that leave
LABELS = {
    "account": "what happened",
    "effect": "effect",
    "kept": "where it is kept",
    "witnesses": "witnesses",
    "reference": "crime reference",
}
LEFT_OUT = "Left out"


@dataclass(frozen=True)
class Sending:
    """An incident in the form in which it is sent, and the forces that can get it."""

    incident: incidents.Page
    ref: str
    may_be_sent: bool
    sent: str  # the pack's reference if it was sent already
    forces: tuple[tuple[str, str], ...]
    duty: tuple[duty.Number, ...]
    day: Exhibited | None  # the messages and calls that it is about


@dataclass(frozen=True)
class Paper:
    """A printed incident, and the fields left out because they may lead to a person."""

    incident: incidents.Page
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """One telephone call about a pack."""

    whom: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Page:
    """One pack: its incident, what was sent, and the police's answer."""

    ref: str
    incident: incidents.Page
    incident_ref: str
    force: str
    phone: str
    by_hand: bool
    state: str
    state_label: str
    sent_by: str
    sent_at: datetime
    ring_at: datetime
    late: bool
    contact: str
    crime_reference: str
    answered_at: datetime | None
    calls: tuple[Call, ...]
    exhibits: tuple[tuple[str, str, str], ...]  # reference, number and state of each that was sent with it
    unsent: tuple[tuple[str, str], ...]  # reference and number of each finished exhibit that was not sent


@dataclass(frozen=True)
class Due:
    """A pack about which the advocate must ring, on the first page."""

    ref: str
    victim: str
    force: str
    sent_at: datetime


def sending(*, actor: Actor, incident: str, at: datetime) -> Sending:
    """One incident, for an actor who may send it."""
    told = _to_send(actor, incident, at)
    if told.incident.account == incidents.ERASED:
        return told
    account = commands.with_exhibits(told.incident.account, told.day)
    return replace(told, incident=replace(told.incident, account=account))


def _to_send(actor: Actor, incident: str, at: datetime) -> Sending:
    row = gate.open(actor, Action.SEND_PACK, Incident, incident, at=at).select_related("victim").get()
    sent = BreachPack.objects.filter(incident=row).values_list("ref", flat=True).first()
    known = Partner.objects.filter(zone="partnership", ended_at=None, area__in=["", actor.area])
    if row.victim.thread:
        known = known.filter(name=row.victim.partner)
    page = incidents.incident(actor=actor, ref=incident, at=at)
    crime = page.row.crime_reference or crime_references.known(row.victim.crime_reference)
    return Sending(
        incident=replace(page, row=replace(page.row, crime_reference=crime)),
        ref=incident,
        may_be_sent=commands.may_be_sent(victim=row.victim, at=at),
        sent=sent or "",
        forces=tuple(known.order_by("title").values_list("name", "title")),
        duty=duty.current(actor=actor, at=at),
        day=candidates.exhibited(incident=row),
    )


def paper(*, actor: Actor, incident: str, at: datetime) -> Paper:
    """One incident, to be printed."""
    told = _to_send(actor, incident, at)
    page = told.incident
    if page.account == incidents.ERASED:
        return Paper(page, ())
    victim, row = Victim.objects.get(ref=page.victim.ref), page.row
    named, said = audit.row_name(Incident, incident), page.account.crossing
    shown = vault.clear(victim=victim, named=named, texts=said)
    said["reference"], shown["reference"] = row.crime_reference, crime_references.known(row.crime_reference)
    printed = {place: shown[place] or (LEFT_OUT if words else "") for place, words in said.items()}
    account = Account(printed["account"], "", printed["effect"], printed["witnesses"], printed["kept"])
    account = commands.with_exhibits(account, told.day)
    return Paper(
        replace(page, account=account, row=replace(row, crime_reference=printed["reference"])),
        tuple(LABELS[place] for place, words in printed.items() if words == LEFT_OUT),
    )


def pack(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One pack."""
    row = gate.open(actor, Action.RING_ABOUT_PACK, BreachPack, ref, at=at).select_related("incident").get()
    force = Partner.objects.get(name=row.police)
    return Page(
        ref=row.ref,
        incident=incidents.incident(actor=actor, ref=row.incident.ref, at=at),
        incident_ref=row.incident.ref,
        force=force.title,
        phone=force.phone,
        by_hand=force.transport == Transport.BY_HAND,
        state=row.state,
        state_label=State(row.state).label,
        sent_by=accounts.name(ref=row.sent_by),
        sent_at=row.sent_at,
        ring_at=row.ring_at,
        late=row.state == State.SENT and row.ring_at <= at,
        contact=row.contact,
        crime_reference=row.crime_reference,
        answered_at=row.answered_at,
        calls=tuple(
            Call(call.whom, accounts.name(ref=call.by), call.at) for call in row.calls.order_by("at")
        ),
        exhibits=tuple(
            (one.ref, one.exhibit.number, one.get_state_display())
            for one in row.exhibits.select_related("exhibit").order_by("sent_at")
        ),
        unsent=tuple(
            row.incident.victim.exhibits.filter(state="made", sent=None)
            .order_by("begun_at")
            .values_list("ref", "number")
        ),
    )


def due(*, actor: Actor, at: datetime) -> tuple[Due, ...]:
    """Packs that lack a crime reference for too long, the oldest first; at most PAGE."""
    found = gate.read(actor, Action.SEE_PACKS, DUE, at=at, now=at)
    if not found:
        return ()
    titles = dict(Partner.objects.filter(zone="partnership").values_list("name", "title"))
    return tuple(Due(ref, victim, titles.get(police, police), sent) for ref, victim, police, sent in found)


def _unanswered(rows: QuerySet[BreachPack]) -> QuerySet[Any]:
    live = rows.filter(state=State.SENT, ring_at__lte=moment("now"))
    listed = live.exclude(incident__victim__state=Case.CLOSED).order_by("ring_at", "pk")
    return listed.values_list("ref", "incident__victim__ref", "police", "sent_at")[:PAGE]


DUE = Question(BreachPack, _unanswered)
