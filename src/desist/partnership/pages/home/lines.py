"""The lines of To do: what waits, each with the person it is about."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from desist.partnership.attachments import queries as attachments
from desist.partnership.disclosures import queries as disclosures
from desist.partnership.pages.order import queries as orders
from desist.partnership.pairs import queries as pairs
from desist.partnership.releases import queries as releases
from desist.partnership.reports import queries as reports
from desist.ui import todo
from desist.ui.todo import Line


def of_reports(found: Iterable[reports.Row]) -> Iterator[Line]:
    """Reports without a crime reference, and exhibits that came with the others and wait to be saved."""
    for one in found:
        if one.crime_reference:
            yield from _of_exhibits(one)
            continue
        crime = f", crime {one.told_reference}" if one.told_reference else ""
        words = f"Give the crime reference for the report of {one.service}{crime}"
        yield Line(words=words, route="reports:report", ref=one.ref, spoken=one.spoken, by=one.due_at)


def _of_exhibits(report: reports.Row) -> Iterator[Line]:
    for one in report.arrived:
        words = f"Save exhibit {one.number} of {report.service} for the crime system"
        if one.differs:
            words = f"Ring {report.service}: exhibit {one.number} is not what was sent"
        crime = f", crime {report.crime_reference}"
        line = Line(words=words + crime, route="exhibits:exhibit", ref=one.ref, since=one.at)
        yield line.but(spoken=report.spoken, overdue=one.differs)


def of_pairs(found: Iterable[pairs.Row], at: datetime) -> Iterator[Line]:
    """Pair requests, late once they have waited for days."""
    for one in found:
        words = f"Answer the request to link crime {one.crime_reference}"
        line = Line(words=words, route="pairs:side", ref=one.ref, since=one.made_at)
        yield line.but(clock=todo.waiting(one.made_at, at), overdue=one.overdue)


def of_releases(found: Iterable[releases.Due]) -> Iterator[Line]:
    """Words for which another person asked a release."""
    for one in found:
        words = "decide about the words of the order"
        line = Line(words=words, route="releases:ask", ref=one.order, since=one.asked_at)
        yield line.but(name=one.name, spoken=one.spoken)


def of_refusals(found: Iterable[releases.Due]) -> Iterator[Line]:
    """Released words that an advocacy service refuses."""
    for one in found:
        words = "ring the advocacy service, which refused released words of the order"
        line = Line(words=words, route="orders:order", ref=one.order, since=one.asked_at, overdue=True)
        yield line.but(name=one.name, spoken=one.spoken)


def of_orders(found: Iterable[orders.Due]) -> Iterator[Line]:
    """Clocks of orders."""
    for one in found:
        title = f"{one.clock.title[:1].lower()}{one.clock.title[1:]}"
        words = f"{title}: {one.clock.words[0].lower()}{one.clock.words[1:]}" if one.clock.words else title
        line = Line(words=words, route="orders:order", ref=one.ref, by=one.clock.on)
        yield line.but(name=one.name, spoken=one.spoken)


def of_requests(found: Iterable[disclosures.Request]) -> Iterator[Line]:
    """Requests of the programme."""
    for one in found:
        words = "answer the programme’s question"
        line = Line(
            words=words, route="disclosures:answer", ref=one.ref, by=one.needed_by, since=one.asked_at
        )
        yield line.but(name=one.name, spoken=one.spoken)


def of_judgements(found: Iterable[Sequence[Any]]) -> Iterator[Line]:
    """People whom a programme asks the police to judge."""
    for ref, given, family, asked_at in found:
        line = Line(words="send your judgement of risk", route="judgements:answer", ref=ref, since=asked_at)
        yield line.but(name=f"{given} {family}")


def of_disclosures(found: Iterable[disclosures.Row]) -> Iterator[Line]:
    """Disclosures that need one more approval."""
    for one in found:
        words = (
            "decide whether to pass on what an advocacy service offered"
            if one.state == "offered"
            else "decide about the disclosure"
        )
        line = Line(words=words, route="disclosures:disclosure", ref=one.ref, since=one.started_at)
        name = one.name or ("" if one.spoken else "Someone not referred")
        yield line.but(name=name, spoken=one.spoken, clock=f"{one.approvals} of 2 approved")


def of_files(found: Iterable[attachments.Held]) -> Iterator[Line]:
    """Held files that a second person must look at."""
    for one in found:
        words = "Look at a file of the referral and decide whether it is sent"
        yield Line(words=words, route="attachments:release", ref=one.ref, spoken=one.spoken, since=one.since)
