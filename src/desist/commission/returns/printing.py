"""A return that came as a file: a table, or on paper."""

from datetime import datetime

from desist.commission.returns import queries
from desist.commission.returns.queries import Chapter, ReturnPage
from desist.returns import files
from desist.returns.files import File, Form, Paper
from desist.ui import dates
from desist.wall.actors import Actor


def as_file(*, actor: Actor, ref: str, form: Form, at: datetime) -> File:
    """Return a return as a file. Raises documents.NotMade."""
    if form is not Form.PDF:
        return queries.as_table(actor=actor, ref=ref, form=form, at=at)
    page = queries.one(actor=actor, ref=ref, at=at)
    name = f"return-{page.quarter.key}-{page.number}"
    return files.printed(name, paper(page), day=dates.day_of(page.counted_at))


def paper(page: ReturnPage) -> Paper:
    """Return what stands on the paper of a return."""
    title = f"{page.service}, {page.quarter}"
    stands = "" if page.stands else " It was recalled." if page.recalled else " A correction replaced it."
    return Paper(
        title=title,
        before=(
            f"Return of {page.area}, number {page.number} of its quarter.{stands}",
            f"Counted {dates.at(page.counted_at)}, by definitions {page.definitions}.",
            f"{page.moved}.",
            f"Small numbers, those {page.small}, and others with them were withheld before the return left.",
            "A share has Wilson’s 95% interval: how far chance alone could move it. It says nothing about what caused it.",
        ),
        foot=title,
        chapters=() if page.recalled else tuple(map(_printed, page.chapters)),
    )


def _printed(chapter: Chapter) -> files.Chapter:
    days = chapter.days
    tables = tuple(
        files.Printed(
            part.title,
            ("Figure", "Quarter", "Share (95% interval), n", "Four quarters", "Year to date"),
            ()
            if part.withheld
            else tuple(
                (
                    f"{one.words}, all" if one.whole else one.words,
                    queries.WITHHELD if one.number is None else str(one.number),
                    one.share or "–",
                    *("–" if number is None else str(number) for number in (one.four, one.year)),
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
