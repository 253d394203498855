"""Questions about the terms of agencies, each with a frozen answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from desist.accounts import queries as accounts
from desist.partnership.agencies.models import Agency, AgencyTerms, TermsAccepted
from desist.partnership.agencies.terms.commands import present
from desist.partnership.agencies.terms.policy import Action
from desist.post.agreements import queries as agreements
from desist.ui import dates
from desist.ui.todo import Line
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question

SHOWN = 20
#: an agency has accepted new terms so long after they were set
ACCEPTS_WITHIN = timedelta(days=28)


@dataclass(frozen=True)
class Accepted:
    """One agency of the list; `on` is None where it has not accepted the present terms."""

    ref: str
    name: str
    signed_by: str
    on: date | None
    agreement: str
    recorded_by: str
    accounts: int


@dataclass(frozen=True)
class Terms:
    """The present terms, "" where none are set, and the agencies of the list."""

    words: str
    set_by: str
    set_at: datetime | None
    agencies: tuple[Accepted, ...]


@dataclass(frozen=True)
class ToAccept:
    """The present terms for an account of an agency; `accepted` is whether there is nothing to accept."""

    agency: str
    name: str
    terms: str
    words: str
    accepted: bool


def terms(*, actor: Actor, at: datetime) -> Terms:
    """The present terms of the area, and which agencies accepted them."""
    rows = gate.see(actor, Action.SEE_AGENCY_TERMS, Agency, at=at).filter(ended_at=None).order_by("name")
    now = present(actor.area)
    return Terms(
        words=now.words if now else "",
        set_by=accounts.as_read_by(actor, now.set_by) if now else "",
        set_at=now.set_at if now else None,
        agencies=tuple(_accepted(row, now, actor) for row in rows) if now else (),
    )


def owed(*, actor: Actor) -> Iterator[Line]:
    """The agencies that have not accepted the terms in force, as lines of To do; none for a role that does not keep them."""
    for ref, name, set_at in gate.within(actor, Action.SEE_TERMS_OWED, OWED):
        words = f"Ask {name} to accept the terms for agencies, set on {dates.on(dates.day_of(set_at))}"
        yield Line(words=words, route="terms:record", ref=ref, by=dates.day_of(set_at) + ACCEPTS_WITHIN)


def _owed(rows: QuerySet[Agency]) -> QuerySet[Any]:
    """The agencies of the list without an acceptance, for the agency itself, of the newest terms of their area."""
    newest = AgencyTerms.objects.filter(area=OuterRef("area")).order_by("-set_at", "-pk")
    done = TermsAccepted.objects.filter(agency=OuterRef("pk"), account="", terms=OuterRef("terms_now"))
    there = rows.filter(ended_at=None).annotate(
        terms_now=newest.values("pk")[:1], terms_set_at=newest.values("set_at")[:1]
    )
    owing = there.filter(~Exists(done), terms_now__isnull=False)
    return owing.order_by("name", "pk").values_list("ref", "name", "terms_set_at")[:SHOWN]


OWED = Question(Agency, _owed)


def to_record(*, actor: Actor, agency: str, at: datetime) -> Accepted:
    """One agency, for the colleague who records that it accepted the terms."""
    row = gate.open(actor, Action.RECORD_AGENCY_TERMS, Agency, agency, at=at).get()
    return _accepted(row, present(row.area), actor)


def to_accept(*, actor: Actor, at: datetime) -> ToAccept | None:
    """The terms for the actor's own account; None where no agency let it in."""
    row = gate.see(actor, Action.ACCEPT_AGENCY_TERMS, Agency, at=at).first()
    if row is None:
        return None
    now = present(row.area)
    done = now is None or row.accepted.filter(terms=now, account=actor.who).exists()
    return ToAccept(row.ref, row.name, now.ref if now else "", now.words if now else "", accepted=done)


def _accepted(row: Agency, now: AgencyTerms | None, actor: Actor) -> Accepted:
    found = row.accepted.filter(terms=now) if now else row.accepted.none()
    own = found.filter(account="").first()
    return Accepted(
        ref=row.ref,
        name=row.name,
        signed_by=own.signed_by if own else "",
        on=own.on if own else None,
        agreement=agreements.title(ref=own.agreement) if own else "",
        recorded_by=accounts.as_read_by(actor, own.recorded_by) if own else "",
        accounts=found.exclude(account="").count(),
    )
