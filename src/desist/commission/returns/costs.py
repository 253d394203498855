"""What a start and a completion cost, over a quarter, four quarters and the year to date."""

from datetime import datetime

from desist.commission.grants import queries as grants
from desist.commission.grants.costs import Cost, Counted
from desist.commission.returns import queries
from desist.commission.returns.queries import ReturnPage, Row
from desist.returns.quarters import Quarter
from desist.wall.actors import Actor

SPANS = ("The quarter", "Four quarters", "Year to date")
STARTED, COMPLETED = "started", "completed"


def page(*, actor: Actor, ref: str, at: datetime) -> tuple[ReturnPage, tuple[Cost, ...]]:
    """Return one return that came, with its costs; a return without starts and completions has none."""
    found = queries.one(actor=actor, ref=ref, at=at)
    starts, completions = (_row(found, name) for name in (STARTED, COMPLETED))
    if found.recalled or starts is None or completions is None:
        return found, ()
    over = [
        Counted(words, since.first, found.quarter.last, *numbers)
        for words, since, numbers in zip(
            SPANS,
            _since(found.quarter),
            zip(_shown(starts), _shown(completions), strict=True),
            strict=True,
        )
    ]
    return found, grants.costs_of(actor=actor, service=found.sender, over=over, at=at)


def _row(found: ReturnPage, name: str) -> Row | None:
    """Return the row of a figure as the page shows it; None where the definitions know no such figure."""
    return next(
        (
            row
            for chapter in found.chapters
            for table, part in zip(chapter.said.leaving, chapter.parts, strict=True)
            for one, row in zip((table.whole, *table.parts), part.rows, strict=True)
            if one == name
        ),
        None,
    )


def _shown(row: Row) -> tuple[int | None, int | None, int | None]:
    """Return what the page shows of a figure over each span; None is withheld."""
    return row.number, row.four, row.year


def _since(quarter: Quarter) -> tuple[Quarter, Quarter, Quarter]:
    return quarter, quarter.four[0], quarter.year_to_date[0]
