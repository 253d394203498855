"""What was put right in a finished record, and what was printed that counts it as it stood."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.ui import dates
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Correction:
    """One change of a finished record, and why."""

    version: int
    reason: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Printed:
    """An exit report or a certificate, made since the record was finished."""

    words: str
    at: datetime


@dataclass(frozen=True)
class PutRight:
    """The corrections of a record, the newest first, and everything that was printed since it was finished."""

    corrections: tuple[Correction, ...]
    printed: tuple[Printed, ...]

    @property
    def outdated(self) -> tuple[Printed, ...]:
        """What counts the record as it stood before the last correction."""
        return tuple(one for one in self.printed if self.corrections and one.at < self.corrections[0].at)


NOTHING = PutRight((), ())
#: of every record that was put right: when it was finished, and when it was put right last
Last = tuple[tuple[datetime, datetime], ...]


def of(row: Session, actor: Actor) -> PutRight:
    """What was put right in one record; nothing where none was finished."""
    if row.recorded_at is None:
        return NOTHING
    return PutRight(_made(row, actor), tuple(_printed(row)))


def last(episode: Episode) -> Last:
    """The finished records of a person that were put right: when each was finished, and when it was put right last."""
    rows = episode.sessions.filter(corrections__isnull=False).annotate(last=Max("corrections__made_at"))
    return tuple((finished, at) for finished, at in rows.values_list("recorded_at", "last") if finished)


def since(moment: datetime, last: Last) -> bool:
    """Whether a record was put right that was finished by then: what was printed then counts it as it stood."""
    return any(finished <= moment < put_right for finished, put_right in last)


def _made(row: Session, actor: Actor) -> tuple[Correction, ...]:
    """The corrections of a record, the newest first."""
    found = list(row.corrections.order_by("-version"))
    names = _names({one.made_by for one in found}, actor)
    return tuple(
        Correction(one.version, one.get_reason_display(), one.words, names[one.made_by], one.made_at)
        for one in found
    )


def _printed(row: Session) -> Iterator[Printed]:
    signed = row.episode.reports.filter(signed_at__gte=row.recorded_at)
    reports = signed.exclude(superseded_by__state="signed").order_by("number")
    for number, at in reports.values_list("number", "signed_at"):
        if at:
            yield Printed(f"Exit report, version {number}, signed {dates.on(at)}", at)
    certificates = row.episode.certificates.filter(issued_at__gte=row.recorded_at).order_by("number")
    for number, at in certificates.values_list("number", "issued_at"):
        yield Printed(f"Certificate of attendance {number}, issued {dates.on(at)}", at)


def _names(refs: Collection[str], actor: Actor) -> dict[str, str]:
    """Who it was, as the actor reads it."""
    known = accounts.names(refs=set(refs)) if refs else {}
    return {ref: "you" if ref == actor.who else known.get(ref, "a colleague") for ref in refs}
