"""Help services as dated rows: who a service is for, how to reach it, and when that was last checked."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desist.public.fields import nearest
from desist.public.problems import Found
from desist.public.rows import Row, read_rows

COLUMNS = (
    *("id", "kind", "name", "who_for", "number", "hours", "text", "bsl", "interpreter", "site", "area"),
    *("source", "source_url", "checked_on"),
)
TWIN_COLUMNS = ("id", "name", "who_for", "hours", "text", "bsl", "interpreter")
KINDS = ("danger", "stalking", "local", "online", "pictures", "abuse", "listening", "behaviour")


@dataclass(frozen=True)
class Route:
    """One way to get help. Empty text means there is none or none is known; `checked_on` may be unknown."""

    id: str
    kind: str
    name: str
    who_for: str
    number: str
    hours: str
    text: str
    bsl: str
    interpreter: str
    site: str
    area: str
    source: str
    source_url: str
    checked_on: dt.date | None
    path: Path
    line: int
    language: str = "en"


def read_routes(path: Path, *, today: dt.date, found: Found) -> dict[str, Route]:
    """Every route of a table by its id."""
    routes: dict[str, Route] = {}
    for row in read_rows(path, columns=COLUMNS, found=found):
        route = read_route(row, today=today)
        if route.id in routes:
            found.error(path, row.line, f"`id` {route.id!r} stands here twice: every row needs its own")
        routes[route.id] = route
    return routes


def read_route(row: Row, *, today: dt.date) -> Route:
    """One row as a route."""
    if row.get("kind") not in KINDS:
        row.found.error(
            row.path,
            row.line,
            f"`kind` is {row.get('kind')!r}: it should be one of {', '.join(KINDS)}{nearest(row.get('kind'), KINDS)}",
        )
    if not row.get("number") and not row.get("site"):
        row.found.error(
            row.path, row.line, "has neither `number` nor `site`: nobody could reach this service"
        )
    checked = row.date("checked_on")
    if checked is not None and checked > today:
        row.found.error(row.path, row.line, f"`checked_on` is {checked}, which is still to come")
    words = {
        name: row.get(name) for name in ("hours", "text", "bsl", "interpreter", "number", "site", "area")
    }
    needed = {name: row.need(name) for name in ("id", "name", "who_for", "source", "source_url")}
    return Route(**words, **needed, kind=row.get("kind"), checked_on=checked, path=row.path, line=row.line)


def translate(routes: Mapping[str, Route], path: Path, *, language: str, found: Found) -> dict[str, Route]:
    """The routes with the words of a twin table; a route without a twin keeps its English words."""
    translated = dict(routes)
    for row in read_rows(path, columns=TWIN_COLUMNS, found=found):
        route = routes.get(row.get("id"))
        if route is None:
            found.error(
                path,
                row.line,
                f"`id` {row.get('id')!r} is no row of help.csv{nearest(row.get('id'), routes)}",
            )
            continue
        words = {name: row.get(name) for name in TWIN_COLUMNS[1:] if row.get(name)}
        translated[route.id] = replace(route, **words, language=language)  # type: ignore[arg-type]  # all are text
    return translated


def for_area(routes: Mapping[str, Route], area: str) -> dict[str, Route]:
    """The routes for a person in an area: those for everywhere and those of that area."""
    return {name: route for name, route in routes.items() if not route.area or not area or route.area == area}
