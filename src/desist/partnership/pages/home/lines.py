"""The lines under To do: each is one sentence that names the person, the most urgent first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from desist.partnership.attachments import queries as attachments
from desist.partnership.disclosures import queries as disclosures
from desist.partnership.pages.order import queries as orders
from desist.partnership.pairs import queries as pairs
from desist.partnership.releases import queries as releases
from desist.partnership.reports import queries as reports
from desist.ui import dates

URGENCIES = ("late", "soon", "calm")


@dataclass(frozen=True)
class Line:
    """One thing to do: a sentence, the page on which it is done, and its clock."""

    words: str
    route: str
    ref: str
    clock: str
    urgency: str = field(default="calm")
    on: datetime = field(default=datetime.max.replace(tzinfo=UTC))


def ordered(found: Iterable[Line]) -> tuple[Line, ...]:
    """Order the lines: late, then soon, then the rest, the earliest first in each group."""
    return tuple(sorted(found, key=lambda one: (URGENCIES.index(one.urgency), one.on)))


def of_reports(found: Iterable[reports.Row], at: datetime) -> Iterator[Line]:
    """Reports without a crime reference."""
    for one in found:
        crime = f", crime {one.told_reference}" if one.told_reference else ""
        yield Line(
            f"Give the crime reference for the report {one.spoken} of {one.service}{crime}",
            "reports:report",
            one.ref,
            f"{'was due' if one.late else 'by'} {_moment(one.due_at, at)}",
            "late" if one.late else "soon",
            one.due_at,
        )


def of_pairs(found: Iterable[pairs.Row], at: datetime) -> Iterator[Line]:
    """Pair requests, drawn as late once they have waited for days."""
    for one in found:
        waited = dates.age(one.made_at, at).removesuffix(" ago")
        yield Line(
            f"Answer the pair request for crime {one.crime_reference}",
            "pairs:side",
            one.ref,
            "asked yesterday" if waited == "yesterday" else f"waiting {waited}",
            "late" if one.overdue else "soon",
            one.made_at,
        )


def of_releases(found: Iterable[releases.Due], at: datetime) -> Iterator[Line]:
    """Words for which another person asked a release."""
    for one in found:
        yield Line(
            f"Decide about the words of the order about {one.name}, {one.spoken}",
            "releases:ask",
            one.order,
            f"asked {dates.age(one.asked_at, at)}",
            "soon",
            one.asked_at,
        )


def of_refusals(found: Iterable[releases.Due], at: datetime) -> Iterator[Line]:
    """Released words that an advocacy service refuses."""
    for one in found:
        yield Line(
            f"Ring the advocacy service, which refused released words of the order about {one.name}, {one.spoken}",
            "orders:order",
            one.order,
            f"refused {dates.age(one.asked_at, at)}",
            "late",
            one.asked_at,
        )


def of_orders(found: Iterable[orders.Due]) -> Iterator[Line]:
    """Clocks of orders."""
    for one in found:
        words = f": {one.clock.words[0].lower()}{one.clock.words[1:]}" if one.clock.words else ""
        late = one.urgency == "late"
        yield Line(
            f"{one.name}, order {one.spoken}. {one.clock.title}{words}",
            "orders:order",
            one.ref,
            f"{'was due' if late else 'by'} {dates.on(one.clock.on)}",
            one.urgency,
            _midnight(one.clock.on),
        )


def of_requests(found: Iterable[disclosures.Request], at: datetime) -> Iterator[Line]:
    """Requests of the programme."""
    for one in found:
        late = one.needed_by is not None and one.needed_by < dates.day_of(at)
        by = (
            f"needed by {dates.on(one.needed_by)}"
            if one.needed_by
            else f"asked {dates.age(one.asked_at, at)}"
        )
        yield Line(
            f"Answer the programme’s question about {one.name}, {one.spoken}",
            "disclosures:answer",
            one.ref,
            by,
            "late" if late else "calm",
            _midnight(one.needed_by) if one.needed_by else one.asked_at,
        )


def of_disclosures(found: Iterable[disclosures.Row]) -> Iterator[Line]:
    """Disclosures that need one more approval."""
    for one in found:
        what = (
            "Decide whether it is passed on: offered about"
            if one.state == "offered"
            else "Decide the disclosure about"
        )
        name = ", ".join(part for part in (one.name, one.spoken) if part) or "someone not referred"
        yield Line(
            f"{what} {name}",
            "disclosures:disclosure",
            one.ref,
            f"{one.approvals} of 2 approved",
            "calm",
            one.started_at,
        )


def of_files(found: Iterable[attachments.Held]) -> Iterator[Line]:
    """Held files that a second person must look at."""
    for one in found:
        yield Line(
            f"Look at a file of the referral {one.spoken} and decide whether it is sent",
            "attachments:release",
            one.ref,
            f"since {dates.at(one.since)}",
            "soon",
            one.since,
        )


def _moment(moment: datetime, at: datetime) -> str:
    today = dates.day_of(moment) == dates.day_of(at)
    return f"{dates.clock(moment)} today" if today else dates.at(moment)


def _midnight(day: date) -> datetime:
    return dates.moment(day, time(0))
