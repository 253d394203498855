"""The yearly checks of help routes, sources and the table of figures: what, where, by whom, and the day of the last one.

A site keeps its own checks in `checked.csv`. A number or a source that nobody checked within a year stops a site that is
built for the public; a preview is built all the same and says so beside each.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desist.public.fields import nearest
from desist.public.help import Route
from desist.public.problems import Found
from desist.public.rows import read_rows
from desist.public.sources import Source

FILE = "checked.csv"
COLUMNS = ("kind", "id", "checked_on", "by")
KINDS = ("help", "source")
#: a check holds for a year
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Check:
    """One thing to check: what a reader sees of it, where to look, and the last check. `on` is None when there was none."""

    kind: str
    id: str
    what: str
    where: str
    how: str
    on: dt.date | None
    by: str
    path: Path
    line: int

    @property
    def due(self) -> dt.date | None:
        """The last day on which the check holds."""
        return self.on and self.on + YEAR

    def overdue(self, today: dt.date) -> bool:
        """Whether nobody checked it within a year."""
        return self.due is None or self.due < today


def read_checks(
    folders: Iterable[Path],
    *,
    routes: Mapping[str, Route],
    sources: Mapping[str, Source],
    today: dt.date,
    found: Found,
) -> dict[tuple[str, str], Check]:
    """Every thing to check by (kind, id), with the newest check of the tables and of each folder's checked.csv."""
    checks = {
        (one.kind, one.id): one
        for one in (*map(of_route, routes.values()), *map(of_source, sources.values()))
    }
    known = {"help": routes, "source": sources}
    for folder in folders:
        for row in read_rows(folder / FILE, columns=COLUMNS, found=found):
            kind, name, on = row.get("kind"), row.get("id"), row.date("checked_on")
            if kind not in KINDS:
                found.error(row.path, row.line, f"`kind` is {kind!r}: it should be one of {', '.join(KINDS)}")
            elif (kind, name) not in checks:
                found.error(
                    row.path, row.line, f"`id` {name!r} is no {kind} of this site{nearest(name, known[kind])}"
                )
            elif on is None:
                found.error(row.path, row.line, "`checked_on` is empty: write the day of the check")
            elif on > today:
                found.error(row.path, row.line, f"`checked_on` is {on}, which is still to come")
            else:
                checks[kind, name] = newer(checks[kind, name], on, row.need("by"))
    return checks


def newer(check: Check, on: dt.date, by: str) -> Check:
    """The check with the later of its day and another."""
    return check if check.on and check.on > on else replace(check, on=on, by=by)


def of_route(route: Route) -> Check:
    """What to check of a help route."""
    what = ", ".join(part for part in (route.name, route.number, route.hours) if part)
    how = "Look at its site" if route.kind == "danger" else "Ring the number or look at its site"
    where = route.site or route.source_url
    return Check("help", route.id, what, where, how, route.checked_on, "", route.path, route.line)


def of_source(source: Source) -> Check:
    """What to check of a source, and of all that cites it."""
    what = f"{source.title} ({source.publisher})"
    how = "Open it and compare what our pages say"
    return Check("source", source.id, what, source.url, how, source.read_on, "", source.path, source.line)


def told(checks: Iterable[Check], *, today: dt.date, preview: bool, found: Found) -> None:
    """Stop a site for the public while a check is overdue; tell the administrator of a preview."""
    tell = found.notice if preview else found.error
    for check in overdue(checks, today):
        when = f"was last checked on {check.on}" if check.on else "has never been checked"
        tell(
            check.path,
            check.line,
            f"{check.what} {when}: nothing older than a year is published. {check.how}, then add this line to {FILE}: "
            f"{check.kind},{check.id},{today},YOUR NAME",
        )


def overdue(checks: Iterable[Check], today: dt.date) -> Iterator[Check]:
    """The checks that nobody did within a year."""
    return (check for check in checks if check.overdue(today))


def by_day(checks: Iterable[Check]) -> list[Check]:
    """The checks, those due first at the top."""
    return sorted(checks, key=lambda check: (check.due or dt.date.min, check.kind, check.what))
