"""Sources and legal facts as dated rows: each named once here, with the day and place where it was read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desist.public.fields import nearest
from desist.public.problems import Found
from desist.public.rows import read_rows

SOURCE_COLUMNS = ("id", "title", "publisher", "url", "read_on")
FACT_COLUMNS = ("id", "en", "cy", "source", "where")


@dataclass(frozen=True)
class Source:
    """A document, and the day it was read."""

    id: str
    title: str
    publisher: str
    url: str
    read_on: dt.date | None
    path: Path
    line: int


@dataclass(frozen=True)
class Fact:
    """A few words of law or practice in both languages, and their place in a source."""

    id: str
    words: Mapping[str, str]
    source: str
    where: str


def read_sources(path: Path, *, found: Found) -> dict[str, Source]:
    """Every source by its id."""
    sources = {}
    for row in read_rows(path, columns=SOURCE_COLUMNS, found=found):
        read_on = row.date("read_on")
        if read_on is None:
            found.error(path, row.line, "`read_on` is empty: write the day you read the source")
        words = {name: row.need(name) for name in ("id", "title", "publisher", "url")}
        source = Source(**words, read_on=read_on, path=path, line=row.line)
        sources[source.id] = source
    return sources


def read_facts(path: Path, *, sources: Mapping[str, Source], found: Found) -> dict[str, Fact]:
    """Every fact by its id; each names a source that exists."""
    facts = {}
    for row in read_rows(path, columns=FACT_COLUMNS, found=found):
        fact = Fact(
            row.need("id"), {"en": row.need("en"), "cy": row.get("cy")}, row.need("source"), row.need("where")
        )
        if fact.source not in sources:
            found.error(
                path,
                row.line,
                f"`source` {fact.source!r} is no row of sources.csv{nearest(fact.source, sources)}",
            )
        facts[fact.id] = fact
    return facts
