"""A return that came as a file: a table, or on paper."""

from datetime import datetime

from desist.commission.returns import queries
from desist.commission.returns.models import ServiceReturn
from desist.commission.returns.policy import Action
from desist.commission.returns.queries import Chapter, ReturnPage
from desist.commission.returns.states import State
from desist.post import partners
from desist.returns import definitions, files
from desist.returns.figures import Span
from desist.returns.files import File, Form, Paper
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

COLUMNS = (
    *("return", "title", "table", "figure", "quarter", "four_quarters", "year_to_date"),
    *("first_day_of_quarter", "number_of_return", "state", "sent_by", "area", "definitions"),
    *("what_is_counted", "out_of", "missing", "how_it_came"),
)
BY_POST = "By the post"


def as_file(*, actor: Actor, ref: str, form: Form, at: datetime) -> File:
    """Return a return as a file. Raises documents.NotMade."""
    if form is not Form.PDF:
        return as_table(actor=actor, ref=ref, form=form, at=at)
    page = queries.one(actor=actor, ref=ref, at=at)
    name = f"return-{page.quarter.key}-{page.number}"
    return files.printed(name, paper(page), day=dates.day_of(page.counted_at))


def as_table(*, actor: Actor, ref: str, form: Form, at: datetime) -> File:
    """Return a return as a table, each figure with its definition. A recalled one has no numbers."""
    row = gate.open(actor, Action.SEE_RETURNS, ServiceReturn, ref, at=at).get()
    edition, numbers, year = (
        definitions.edition(row.definitions),
        queries.numbers_of(row),
        queries.year_to_date(row),
    )
    absent = "" if row.state == State.RECALLED else queries.absent_words(row)
    how = queries.by_hand(row) or BY_POST
    lines = [
        [
            *(one.id, one.title, table.title, edition.words(name)),
            *(numbers.get((Span.QUARTER, name), absent), numbers.get((Span.FOUR, name), "")),
            *(year.get(name, ""), row.quarter.isoformat(), row.number, row.state),
            *(
                partners.title(name=row.sender),
                row.area,
                row.definitions,
                one.counted,
                one.of,
                one.missing,
                how,
            ),
        ]
        for one in edition.returns
        for table in one.leaving
        for name in (table.whole, *table.parts)
    ]
    name = f"return-{row.quarter}-{row.number}"
    return files.table(name, form, COLUMNS, lines, day=dates.day_of(row.counted_at))


def paper(page: ReturnPage) -> Paper:
    """Return what stands on the paper of a return."""
    title = f"{page.service}, {page.quarter}"
    stands = "" if page.stands else " It was recalled." if page.recalled else " A correction replaced it."
    return Paper(
        title=title,
        before=(
            f"Return of {page.area}, number {page.number} of its quarter.{stands}",
            *_came(page),
            "A share has Wilson’s 95% interval: how far chance alone could move it. It says nothing about what caused it.",
        ),
        foot=title,
        chapters=() if page.recalled else tuple(_printed(one, page.absent) for one in page.chapters),
    )


def _came(page: ReturnPage) -> tuple[str, ...]:
    if page.by_hand:
        return (
            f"{page.by_hand}, by definitions {page.definitions}.",
            f"{page.absent.capitalize()}: nobody told the number, or its sender withholds it because it is small.",
        )
    return (
        f"Counted {dates.at(page.counted_at)}, by definitions {page.definitions}.",
        f"{page.moved}.",
        f"Small numbers, those {page.small}, and others with them were withheld before the return left.",
    )


def _printed(chapter: Chapter, absent: str) -> files.Chapter:
    days = chapter.days
    tables = tuple(
        files.Printed(
            part.title,
            ("Figure", "Quarter", "Four quarters", "Year to date"),
            ()
            if part.withheld and absent == queries.WITHHELD
            else tuple(
                (
                    f"{one.words}, all" if one.whole else one.words,
                    *(f"{number} {share}".strip() for number, share in one.cells(absent)),
                )
                for one in part.rows
            ),
        )
        for part in chapter.parts
    )
    return files.Chapter(
        title=chapter.said.title,
        tables=tables,
        days=f"Days: median {days.median}, quartiles {days.lower} to {days.upper}." if days else "",
        said=files.said(chapter.said),
    )
