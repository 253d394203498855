"""A session's record as it stood before: which versions there are, and one of them with what it changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desist.programme import saves
from desist.programme.saves import Save, Version
from desist.programme.sessions import commands
from desist.programme.sessions.models import Session
from desist.programme.sessions.policy import Action
from desist.programme.sessions.records import FIELDS, LABELS, Record
from desist.programme.sessions.states import title
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class SessionHeader:
    """Which session, and whose."""

    ref: str
    title: str
    starts_at: datetime
    spoken: str
    name: str
    version: int  # the present one


@dataclass(frozen=True)
class Versions:
    """The versions of one record."""

    of: SessionHeader
    page: saves.Page


@dataclass(frozen=True)
class Changed:
    """One field that a version changed, before and after in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Earlier:
    """One version of a record, and what it changed of the one before."""

    of: SessionHeader
    version: Version
    record: Record
    changes: tuple[Changed, ...]


def versions(*, actor: Actor, ref: str, before: int | None, at: datetime) -> Versions:
    """The versions of a session's record, those older than `before` where it is given."""
    row = _open(actor, ref, at)
    newest = row.version if before is None else before - 1
    return Versions(_of(row), saves.page(_saves(row, newest=newest), actor=actor, why=_why(row)))


def version(*, actor: Actor, ref: str, number: int, at: datetime) -> Earlier:
    """One version of a session's record. Raises gate.NotFound where nothing was saved with this number."""
    row = _open(actor, ref, at)
    kept, why = _saves(row, newest=number), _why(row)
    if not kept or kept[0].number != number:
        raise gate.NotFound(ref)
    numbers = [one.number for one in saves.versions(kept, why=why)[:2]]
    stood = {one.version: commands.saved(one) for one in _history(row).filter(version__in=numbers)}
    record = stood[number]
    earlier = stood[numbers[1]] if numbers[1:] else Record()
    return Earlier(
        of=_of(row),
        version=saves.page(kept[:1], actor=actor, why=why).versions[0],
        record=record,
        changes=tuple(_changes(earlier, record)),
    )


def _open(actor: Actor, ref: str, at: datetime) -> Session:
    rows = gate.open(actor, Action.SEE_RECORD_VERSIONS, Session, ref, at=at)
    return rows.select_related("episode__referral").get()


def _history(row: Session) -> Any:  # noqa: ANN401 -- rows of a model that pghistory makes
    """Every row of the history since something was written."""
    return row.events.filter(saved_at__isnull=False).order_by("pgh_id")  # type: ignore[attr-defined]  # pghistory adds it


def _saves(row: Session, *, newest: int) -> list[Save]:
    """Return the saves up to a version, the newest first. A later move or finish keeps its last save's who and when."""
    history = _history(row).filter(version__lte=newest).reverse()
    return [Save(*one) for one in history.values_list("version", "saved_by", "saved_at")[: saves.READ]]


def _why(row: Session) -> dict[int, str]:
    """Why versions were made that put a finished record right, by their number."""
    found = row.corrections.order_by("version")
    return {one.version: f"{one.get_reason_display()}. {one.words}".rstrip() for one in found}


def _changes(before: Record, after: Record) -> Iterator[Changed]:
    old, new = before.said, after.said
    for name in FIELDS:
        if old[name] != new[name]:
            yield Changed(LABELS[name], old[name], new[name])


def _of(row: Session) -> SessionHeader:
    referral = row.episode.referral
    return SessionHeader(
        ref=row.ref,
        title=title(row.kind, row.number),
        starts_at=row.period.lower,
        spoken=spoken(row.episode.ref),
        name=f"{referral.given_names} {referral.family_name}",
        version=row.version,
    )
