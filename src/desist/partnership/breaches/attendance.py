"""The attendance of a person from all certificates of the programme: the newest certificate decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desist.partnership.breaches.models import Certificate
from desist.post.payloads import AS_PLANNED, AT_THE_TIME
from desist.ui import dates


@dataclass(frozen=True)
class AttendanceRow:
    """One session as the newest certificate with it says, and the later certificate that leaves it out."""

    session: str
    on: date
    notes: tuple[str, ...]  # ended early, entered afterwards
    requirement: str
    certified_at: datetime
    dropped_by: int | None
    dropped_at: datetime | None


def certified(certificates: Iterable[Certificate]) -> tuple[AttendanceRow, ...]:
    """Every session that was ever certified, the latest day first. Certificates can arrive in any order."""
    # A programme restored from a backup may give a number twice: the later certificate holds.
    found = sorted(certificates, key=lambda one: (one.certified_at, one.number))
    named = {day: one for one in found for day in _named(one)}
    rows = [_row(day, one, _dropping(found, one, day)) for day, one in named.items()]
    return tuple(sorted(rows, key=lambda row: (row.on, row.session), reverse=True))


def _named(one: Certificate) -> tuple[tuple[str, date], ...]:
    return tuple(zip(one.sessions, one.days, strict=True))


def _dropping(found: list[Certificate], named_by: Certificate, day: tuple[str, date]) -> Certificate | None:
    """The first later certificate that leaves this session out."""
    later = found[found.index(named_by) + 1 :]
    return next((one for one in later if one.since is None or one.since <= day[1]), None)


def _row(day: tuple[str, date], one: Certificate, dropped: Certificate | None) -> AttendanceRow:
    place = _named(one).index(day)
    entered, minutes = one.entered[place], one.minutes[place]
    early = () if minutes == AS_PLANNED else (f"ended early, {minutes} minutes held",)
    afterwards = (
        () if entered == AT_THE_TIME else (f"entered afterwards on {dates.on(date.fromisoformat(entered))}",)
    )
    return AttendanceRow(
        session=day[0],
        on=day[1],
        notes=(*early, *afterwards),
        requirement=one.requirement,
        certified_at=one.certified_at,
        dropped_by=dropped.number if dropped else None,
        dropped_at=dropped.certified_at if dropped else None,
    )
