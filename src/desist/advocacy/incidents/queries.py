"""Questions about incidents, each with a frozen answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db.models import Count, Window

from desist import codes
from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as victims
from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import HERE
from desist.advocacy.incidents import states
from desist.advocacy.incidents.models import Addition, Incident
from desist.advocacy.incidents.policy import Action
from desist.advocacy.incidents.texts import ADDED, FIELD, Account, often, span
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 100
#: files that are offered, the newest ones
MOST_FILES = 200
NEWEST = ("-happened_on", "-happened_time", "-pk")
ERASED = Account(what="Erased")


@dataclass(frozen=True)
class Row:
    """One incident in the log."""

    ref: str
    happened_on: date
    happened_time: time | None
    when: str
    place: str
    places: tuple[str, ...]  # the first one and the others
    often: str
    behaviours: tuple[str, ...]
    channel: str
    marks: tuple[str, ...]
    told: tuple[str, ...]
    crime_reference: str


@dataclass(frozen=True)
class File:
    """A file of the client; `here` says whether it can still be opened."""

    ref: str
    name: str
    brought: date
    here: bool
    put_by: str = ""  # who put it on the incident, and when
    put_at: datetime | None = None


@dataclass(frozen=True)
class Page:
    """One incident with everything that its page shows."""

    victim: victims.Page
    row: Row
    account: Account
    through: str
    evidence: tuple[str, ...]
    heard: str
    recorded_by: str
    recorded_at: datetime
    additions: tuple[tuple[datetime, str, str], ...]  # (moment, account, words)
    files: tuple[File, ...] = ()


def incidents(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, tuple[Row, ...]]:
    """A client's log, the newest first; at most PAGE."""
    rows = gate.open(actor, Action.SEE_INCIDENTS, Victim, ref, at=at)
    return victims.page_of(rows, actor=actor, at=at), newest(victim=rows.get())


def newest(*, victim: Victim, most: int = PAGE) -> tuple[Row, ...]:
    """The newest incidents of a client whom the gate opened."""
    return tuple(_row(one) for one in victim.incidents.order_by(*NEWEST)[:most])


def last(*, victim: Victim) -> tuple[Row | None, int]:
    """The last incident of a client whom the gate opened, and how many there are."""
    one = victim.incidents.annotate(count=Window(Count("pk"))).order_by(*NEWEST).first()
    return (_row(one), one.count) if one else (None, 0)


def recording(*, actor: Actor, ref: str, at: datetime) -> victims.Page:
    """The client of a new incident."""
    rows = gate.open(actor, Action.RECORD_INCIDENT, Victim, ref, at=at)
    return victims.page_of(rows, actor=actor, at=at)


def incident(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One incident."""
    row = gate.open(actor, Action.ADD_TO_INCIDENT, Incident, ref, at=at).select_related("victim").get()
    box = vault.box_if_kept(person=row.victim.ref)
    whose = victims.page_of(Victim.objects.filter(pk=row.victim_id), actor=actor, at=at)
    page = page_of(row, list(row.additions.order_by("added_at")), victim=whose, box=box)
    return replace(page, files=_files(row, box))


def choosing(
    *, actor: Actor, ref: str, at: datetime
) -> tuple[victims.Page, Row, tuple[File, ...], tuple[File, ...]]:
    """The client, an incident, the files on it, and those that can be put on it, the newest first."""
    action = Action.CHOOSE_FILES_OF_INCIDENT
    row = gate.open(actor, action, Incident, ref, at=at).select_related("victim").get()
    box = vault.box_if_kept(person=row.victim.ref)
    whose = victims.page_of(Victim.objects.filter(pk=row.victim_id), actor=actor, at=at)
    more = row.victim.originals.filter(state__in=HERE).exclude(pk__in=row.files.values("original"))
    offered = more.order_by("-begun_at", "-pk")[:MOST_FILES]
    return whose, _row(row), _files(row, box), tuple(_file(one, box) for one in offered)


def _files(row: Incident, box: Box | None) -> tuple[File, ...]:
    rows = list(row.files.select_related("original").order_by("pk"))
    names = accounts.names(refs={one.put_by for one in rows})
    return tuple(
        replace(_file(one.original, box), put_by=names.get(one.put_by, "a colleague"), put_at=one.put_at)
        for one in rows
    )


def _file(row: Original, box: Box | None) -> File:
    return File(
        ref=row.ref,
        name=keeping.name(box, row) if box else ERASED.what,
        brought=dates.day_of(row.begun_at),
        here=row.state in HERE,
    )


def page_of(row: Incident, additions: Sequence[Addition], *, victim: victims.Page, box: Box | None) -> Page:
    """One incident of a client whom the gate opened, with some of its additions, the earliest first."""
    return Page(
        victim=victim,
        row=_row(row),
        account=boxes.unlock(box, FIELD, row.ref, row.words, Account) if box else ERASED,
        through=states.Through(row.through).label,
        evidence=tuple(states.Evidence(code).label for code in row.evidence),
        heard=states.Heard(row.heard).label if row.heard else "",
        recorded_by=accounts.name(ref=row.recorded_by),
        recorded_at=row.recorded_at,
        additions=tuple(
            (one.added_at, accounts.name(ref=one.added_by), _said(box, one.ref, one.words))
            for one in additions
        ),
    )


def _row(row: Incident) -> Row:
    return Row(
        ref=row.ref,
        happened_on=row.happened_on,
        happened_time=row.happened_time,
        when=span(row.happened_on, row.happened_time, row.ended_on, row.ended_time),
        place=states.Place(row.place).label,
        places=tuple(states.Place(code).label for code in (row.place, *row.more_places)),
        often=often(row.times, row.counted),
        behaviours=tuple(codes.Behaviour(code).label for code in row.behaviours),
        channel=states.Channel(row.channel).label,
        marks=tuple(states.Mark(code).label for code in row.marks),
        told=tuple(states.Told(code).label for code in row.told),
        crime_reference=row.crime_reference,
    )


def _said(box: Box | None, ref: str, sealed: bytes | memoryview) -> str:
    return box.open(field=ADDED, row=ref, sealed=bytes(sealed)) if box else "Erased"
