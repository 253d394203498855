"""Questions about a panel's meetings, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q

from desist.accounts import queries as accounts
from desist.agencies import Side
from desist.partnership.agencies.models import Agency, AgencyMember
from desist.partnership.agencies.policy import KEEPERS
from desist.partnership.panels.agenda import queries as agenda
from desist.partnership.panels.commands import allows
from desist.partnership.panels.models import PanelMeeting
from desist.partnership.panels.policy import Action
from desist.partnership.panels.states import Came, Kind
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

PAGE = 60


@dataclass(frozen=True)
class Listed:
    """One meeting of the list."""

    ref: str
    kind: str
    on: date
    begins: time
    place: str
    chair: str
    agencies: int
    called_off: bool


@dataclass(frozen=True)
class Meetings:
    """The meetings to come, or those that were held."""

    rows: tuple[Listed, ...]
    keeps: bool


@dataclass(frozen=True)
class Choices:
    """Who can chair a meeting, and which agencies can be invited. `chair` is the actor where they can."""

    chairs: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]
    chair: str


@dataclass(frozen=True)
class Seat:
    """One agency at a meeting. `told` is whether its agreement is in force now."""

    name: str
    phone: str
    came: str
    people: str
    noted_by: str
    told: bool


@dataclass(frozen=True)
class Reader:
    """One account that was named to read both sides. `mine` is whether the actor named it."""

    ref: str
    name: str
    why: str
    asked_by: str
    asked_at: datetime
    agreed_by: str
    agreed_at: datetime | None
    mine: bool


@dataclass(frozen=True)
class Page:
    """One meeting with its agenda, its agencies, and who reads both sides there."""

    ref: str
    kind: str
    on: date
    begins: time
    place: str
    chair: str
    called_off: datetime | None
    called_off_by: str
    over: bool
    items: tuple[agenda.Row, ...]
    seats: tuple[Seat, ...]
    both: int
    keeps: bool


@dataclass(frozen=True)
class ToChange:
    """One meeting, for the colleague who changes it. `seats` are (reference, agency, coded attendance, who came)."""

    ref: str
    version: int
    title: str
    called_off: bool
    known: dict[str, object]
    choices: Choices
    seats: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Readers:
    """Who is named to read both sides at a meeting, and which accounts could be."""

    ref: str
    title: str
    rows: tuple[Reader, ...]
    accounts: tuple[tuple[str, str], ...]


def panels(*, actor: Actor, past: bool, at: datetime) -> Meetings:
    """The area's meetings to come, the next first; or those that were held or called off, the newest first."""
    today = dates.day_of(at)
    gone = Q(on__lt=today) | Q(ended_at__isnull=False)
    rows = gate.see(actor, Action.SEE_PANELS, PanelMeeting, at=at)
    rows = rows.filter(gone) if past else rows.exclude(gone)
    rows = rows.annotate(agencies=Count("seats", filter=Q(seats__ended_at=None)))
    found = list(rows.order_by(*(("-on", "-begins") if past else ("on", "begins")), "pk")[:PAGE])
    names = accounts.names(refs={one.chair for one in found})
    listed = (
        Listed(
            ref=one.ref,
            kind=Kind(one.kind).label,
            on=one.on,
            begins=one.begins,
            place=one.place,
            chair=names.get(one.chair, "a colleague"),
            agencies=one.agencies,
            called_off=one.ended_at is not None,
        )
        for one in found
    )
    return Meetings(tuple(listed), keeps=_keeps(actor))


def to_add(*, actor: Actor, at: datetime) -> Choices:
    """Who can chair a new meeting, and which agencies can be invited."""
    return _choices(actor, at)


def meeting(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One meeting with its agenda."""
    row = gate.open(actor, Action.SEE_PANELS, PanelMeeting, ref, at=at).get()
    seats = row.seats.filter(ended_at=None).select_related("agency").order_by("agency__name")
    return Page(
        ref=row.ref,
        kind=Kind(row.kind).label,
        on=row.on,
        begins=row.begins,
        place=row.place,
        chair=accounts.name(ref=row.chair),
        called_off=row.ended_at,
        called_off_by=accounts.as_read_by(actor, row.ended_by) if row.ended_by else "",
        over=row.on < dates.day_of(at),
        items=agenda.rows(actor=actor, meeting=row, at=at),
        seats=tuple(
            Seat(
                one.agency.name,
                one.agency.phone,
                Came(one.came).label,
                one.people,
                accounts.as_read_by(actor, one.noted_by) if one.noted_by else "",
                bool(allows(one.agency, at=at)),
            )
            for one in seats
        ),
        both=row.readers.filter(ended_at=None).count(),
        keeps=_keeps(actor),
    )


def to_change(*, actor: Actor, ref: str, at: datetime) -> ToChange:
    """One meeting, for the colleague who changes it."""
    row = gate.open(actor, Action.KEEP_PANELS, PanelMeeting, ref, at=at).get()
    seats = list(row.seats.filter(ended_at=None).select_related("agency").order_by("agency__name"))
    known = {name: getattr(row, name) for name in ("kind", "on", "begins", "place", "chair")}
    seated = {one.agency.ref: one.agency.name for one in seats}
    choices = _choices(actor, at)
    agencies = sorted({**dict(choices.agencies), **seated}.items(), key=lambda one: one[1].lower())
    return ToChange(
        ref=row.ref,
        version=row.version,
        title=f"{Kind(row.kind).label}, {dates.on(row.on)}",
        called_off=row.ended_at is not None,
        known={**known, "agencies": list(seated)},
        choices=Choices(choices.chairs, tuple(agencies), choices.chair),
        seats=tuple((one.ref, one.agency.name, one.came, one.people) for one in seats),
    )


def readers(*, actor: Actor, ref: str, at: datetime) -> Readers:
    """Who is named to read both sides at a meeting."""
    row = gate.open(actor, Action.NAME_PANEL_READER, PanelMeeting, ref, at=at).get()
    rows = list(row.readers.filter(ended_at=None).order_by("asked_at", "pk"))
    members = AgencyMember.objects.filter(ended_at=None, agency__seats__in=row.seats.filter(ended_at=None))
    works = {one.account: one for one in members.select_related("agency").order_by("agency__name", "pk")}
    names = accounts.names(refs={*works, *(one.account for one in rows)})
    named = {one.account for one in rows}
    return Readers(
        ref=row.ref,
        title=f"{Kind(row.kind).label}, {dates.on(row.on)}",
        rows=tuple(
            Reader(
                ref=one.ref,
                name=names.get(one.account, "a colleague of an agency"),
                why=one.why,
                asked_by=accounts.as_read_by(actor, one.asked_by),
                asked_at=one.asked_at,
                agreed_by=accounts.as_read_by(actor, one.agreed_by) if one.agreed_by else "",
                agreed_at=one.agreed_at,
                mine=are_one_person(actor.who, one.asked_by),
            )
            for one in rows
        ),
        accounts=tuple(
            (ref, f"{names[ref]}, {one.agency.name}: {Side(one.side).label.lower()}")
            for ref, one in works.items()
            if ref not in named and ref in names
        ),
    )


def _choices(actor: Actor, at: datetime) -> Choices:
    chairs = {
        ref: name for role in sorted(KEEPERS) for ref, name in accounts.holders(role=role, area=actor.area)
    }
    agencies = Agency.objects.filter(area=actor.area, ended_at=None).order_by("name")
    return Choices(
        chairs=tuple(sorted(chairs.items(), key=lambda one: one[1])),
        agencies=tuple((one.ref, one.name) for one in agencies if allows(one, at=at)),
        chair=actor.who if actor.who in chairs else "",
    )


def _keeps(actor: Actor) -> bool:
    return actor.role in policy.rule(Action.KEEP_PANELS).roles
