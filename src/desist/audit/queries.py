"""Questions to the audit, each with a frozen answer: references and names of staff, never a row's content."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet

from desist import deployment
from desist.accounts.models import Account
from desist.audit import cases
from desist.audit.policy import Action
from desist.audit.states import Purpose
from desist.references import LENGTH, spoken, typed
from desist.ui.dates import LONDON, on
from desist.ui.tables import Cursor, Paging, Sort, page
from desist.wall import gate, policy
from desist.wall.actors import SYSTEM_ROLES, Actor, Role
from desist.wall.models import AuditEvent, AuditSeal

PAGE = 50
EXPORTED = 100_000
NEWEST = Sort("id", descending=True)


class TooMany(Exception):
    """There are more events than one file takes, so a shorter period is needed. The sentence says so."""

    def __init__(self) -> None:
        """Name the number that one file takes."""
        super().__init__(f"These are more than {EXPORTED:,} events. Choose a shorter period and ask again")


@dataclass(frozen=True)
class Criteria:
    """The purpose and the filters; an empty value filters nothing. `kind` is "looked", "changed" or "refused"."""

    purpose: Purpose
    who: str = ""
    case: str = ""
    action: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None

    def kept(self) -> dict[str, str]:
        """The criteria as a request for a file keeps them."""
        said = {name: getattr(self, name) for name in ("who", "case", "action", "kind")}
        given = (("since", self.since), ("until", self.until))
        days = {name: day.isoformat() for name, day in given if day}
        return {"purpose": self.purpose.value, **said, **days}

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Criteria":
        """The criteria from what `kept` wrote."""
        days: dict[str, date] = {
            name: date.fromisoformat(kept[name]) for name in ("since", "until") if name in kept
        }
        said: dict[str, Any] = {**kept, "purpose": Purpose(kept["purpose"]), **days}
        return cls(**said)


@dataclass(frozen=True)
class Row:
    """One event."""

    at: datetime
    who: str
    name: str
    role: str
    action: str
    row: str
    reference: str
    allowed: bool
    reason: str
    correlation: str


@dataclass(frozen=True)
class Seals:
    """The sealed part of the audit, and the result of the last `./desist verify`; None where there was none."""

    sealed: int
    sealed_up_to: datetime | None
    verified_at: datetime | None
    findings: int


@dataclass(frozen=True)
class Page:
    """One page of events, the newest first."""

    rows: tuple[Row, ...]
    paging: Paging
    seals: Seals


def events(*, actor: Actor, criteria: Criteria, cursor: Cursor, at: datetime) -> Page:
    """The newest events first, a page at a time."""
    asked = Cursor(*(one if one.isascii() and one.isdigit() else "" for one in (cursor.after, cursor.before)))
    found = _matching(
        gate.see(actor, Action.SEE_EVENTS, AuditEvent, at=at, reason=criteria.purpose.value), criteria
    )
    rows, paging = page(found, sort=NEWEST, cursor=asked, size=PAGE, tie="id")
    return Page(rows=_rows(rows), paging=paging, seals=seals())


def export(*, actor: Actor, criteria: Criteria, at: datetime) -> tuple[Row, ...]:
    """Every requested event, the newest first; raises TooMany above EXPORTED. The export is an event itself."""
    found = _matching(
        gate.see(actor, Action.EXPORT_EVENTS, AuditEvent, at=at, reason=criteria.purpose.value), criteria
    )
    rows = list(found.order_by("-id")[: EXPORTED + 1])
    if len(rows) > EXPORTED:
        raise TooMany
    return _rows(rows)


def times_seen(*, named: str) -> int:
    """The number of looks at a row by any account: a recalled file's sender may know it."""
    return AuditEvent.objects.filter(LOOKED, row=named, allowed=True).count()


def looks(*, named: str, most: int) -> tuple[tuple[str, datetime], ...]:
    """The newest looks at a row, as (account, moment): a page that continues a custody log shows them."""
    rows = AuditEvent.objects.filter(LOOKED, row=named, allowed=True).order_by("-at", "-pk")
    return tuple(rows.values_list("who", "at")[:most])


def fits(*, actor: Actor, criteria: Criteria, at: datetime) -> bool:
    """Whether one file takes every requested event."""
    rows = gate.see(actor, Action.SEE_EVENTS, AuditEvent, at=at, reason=criteria.purpose.value)
    return _matching(rows, criteria).order_by()[: EXPORTED + 1].count() <= EXPORTED


def in_words(criteria: Criteria) -> str:
    """The title of a file of these events; it names the content, never the account or the case."""
    days = f"from {on(criteria.since)}" if criteria.since else "from the beginning"
    until = f" to {on(criteria.until)}" if criteria.until else ""
    narrowed = ", of one case" if criteria.case else ""
    return f"Audit, {days}{until}{narrowed}: {str(criteria.purpose.label).lower()}"


def people() -> tuple[tuple[str, str], ...]:
    """Every account that ever existed on this site, and the system's own hands, as choices."""
    names = Account.objects.order_by("name", "pk").values_list("ref", "name")
    return (*names, *((role.value, f"The {role.value}") for role in sorted(SYSTEM_ROLES)))


def actions() -> tuple[tuple[str, str], ...]:
    """Every action of this zone, as choices."""
    return tuple(
        sorted(((action.value, _words(action.value)) for action in policy.rules()), key=lambda one: one[1])
    )


def seals() -> Seals:
    """The sealed part of the audit, and the last walk through all of it."""
    last = AuditSeal.objects.order_by("-position").first()
    moment = (
        AuditEvent.objects.filter(pk=last.event_id).values_list("at", flat=True).first() if last else None
    )
    path = deployment.verified_file(settings.DESIST_SITE)
    kept = json.loads(path.read_text("utf-8")) if path.exists() else None
    return Seals(
        sealed=last.position if last else 0,
        sealed_up_to=moment,
        verified_at=datetime.fromisoformat(kept["at"]) if kept else None,
        findings=kept["findings"] if kept else 0,
    )


def _matching(rows: QuerySet[AuditEvent], criteria: Criteria) -> QuerySet[AuditEvent]:
    if criteria.who:
        rows = rows.filter(who=criteria.who)
    if criteria.action:
        rows = rows.filter(action=criteria.action)
    if criteria.kind:
        rows = rows.filter(KINDS[criteria.kind])
    if criteria.case:
        rows = rows.filter(row__in=cases.rows_of(ref=typed(criteria.case)))
    if criteria.since:
        rows = rows.filter(at__gte=_midnight(criteria.since))
    if criteria.until:
        rows = rows.filter(at__lt=_midnight(criteria.until + timedelta(days=1)))
    return rows


LOOKED = Q(action__contains=".see_")
KINDS = {
    "looked": LOOKED & Q(allowed=True),
    "changed": ~LOOKED & Q(allowed=True),
    "refused": Q(allowed=False),
}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


def _rows(found: list[AuditEvent]) -> tuple[Row, ...]:
    names = dict(Account.objects.filter(ref__in={one.who for one in found}).values_list("ref", "name"))
    return tuple(_row(one, names.get(one.who, f"The {one.who}")) for one in found)


def _row(one: AuditEvent, name: str) -> Row:
    kind, _, reference = one.row.partition(":")
    return Row(
        at=one.at,
        who=one.who,
        name=name,
        role=Role(one.role).label,
        action=_words(one.action),
        row=one.row,
        reference=f"{_thing(kind)} {_spoken(reference)}".strip(),
        allowed=one.allowed,
        reason=one.reason,
        correlation=str(one.correlation),
    )


def _thing(kind: str) -> str:
    """ "programme.dayahead" as "Day ahead"; a model that is gone as its name stood."""
    with suppress(LookupError, ValueError):
        return str(apps.get_model(kind)._meta.verbose_name).capitalize()
    return _words(kind)


def _spoken(reference: str) -> str:
    return spoken(reference) if len(reference) == LENGTH and reference.isalnum() else reference


def _words(dotted: str) -> str:
    """ "programme.see_episode" as "See episode"."""
    return dotted.rpartition(".")[2].replace("_", " ").capitalize()
