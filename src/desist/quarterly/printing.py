"""A quarterly return as a file: a table, or on paper. The same return gives the same bytes, whatever was corrected later."""

from datetime import datetime

from desist.quarterly import queries
from desist.quarterly.queries import WITHHELD, Chapter, ReturnPage
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
    """Return what stands on the paper of a return: what was counted, and nothing of what became of it since."""
    complete = "" if page.complete else ", while something of the quarter was not recorded"
    return Paper(
        title=f"Quarterly return, {page.quarter}",
        before=(
            "For use within the service: this holds numbers that do not leave.",
            f"Number {page.number} of its quarter. Counted {dates.at(page.counted_at)}, by definitions {page.definitions}{complete}.",
            f"{page.moved}.",
        ),
        foot=f"Quarterly return, {page.quarter}, for use within the service",
        chapters=tuple(_printed(one, four=page.four) for one in page.chapters),
    )


def _printed(chapter: Chapter, *, four: bool) -> files.Chapter:
    days, leave = chapter.days, "" if chapter.days_leave else " (withheld)"
    tables = tuple(
        files.Printed(
            f"{part.title} ({chapter.said.id})",
            ("Figure", "Counted", "Leaves", "Four quarters"),
            tuple(
                (one.named, str(one.number), one.leaves or WITHHELD, one.four or (WITHHELD if four else "–"))
                for one in part.figures
            ),
        )
        for part in chapter.parts
    )
    return files.Chapter(
        title=chapter.said.title,
        tables=tables,
        days=f"Days: median {days.median}, quartiles {days.lower} to {days.upper}{leave}." if days else "",
        said=files.said(chapter.said),
    )
