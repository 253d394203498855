"""Meta's messages as pages. They state no zone and often no seconds: ask for JSON where that can be had."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import cast

import lxml.html

from desist.chronicle.ledger import Ledger
from desist.chronicle.limits import MAXIMUM_RECORD_BYTES
from desist.chronicle.local_time import Instant, clock_of
from desist.chronicle.options import Options
from desist.chronicle.readers.record_maker import RecordMaker, in_lists
from desist.chronicle.records import Flag, Precision, Record
from desist.chronicle.sources import Source

FORMAT = "Meta messages (HTML)"
MOST_BYTES = 8 * MAXIMUM_RECORD_BYTES
ENTRY, SENDER, BODY, TIME = (
    f"contains(concat(' ', @class, ' '), ' {name} ')" for name in ("_a6-g", "_a6-h", "_a6-p", "_a6-o")
)
TIMES = (
    "%b %d, %Y, %I:%M:%S %p",
    "%b %d, %Y, %I:%M %p",
    "%b %d, %Y %I:%M:%S %p",
    "%b %d, %Y %I:%M %p",
    "%d %b %Y, %H:%M",
)
SPACES = re.compile(r"\s+")


def recognises(head: bytes) -> bool:
    """Whether the page has the class names of Meta's messages."""
    return b"<html" in head[:2048].lower() and b"_a6-g" in head


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the page's order, which is newest first."""
    ledger.note(
        "This is a web page without a time zone. Ask for the JSON form of the same download, which has instants."
    )
    yield from in_lists(_records(source, options, ledger))


def _records(source: Source, options: Options, ledger: Ledger) -> Iterator[Record]:
    make = RecordMaker(source=source.name, options=options, precision=Precision.MINUTE)
    clock = clock_of(options.zone)
    with source.open(ledger) as stream:
        page = b"".join(iter(lambda: stream.read() if stream.size < MOST_BYTES else b"", b""))
    if len(page) < source.size:
        ledger.stop(f"Reading stopped at byte {len(page):,}: the page is longer than can be held at once.")
    tree = lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))
    for entry in _found(tree, f"//div[{ENTRY}]"):
        written = _text(entry, TIME)
        local, precision = _when(written)
        when: Instant | None = clock.instant(local) if local else None
        yield make.record(
            when=when,
            found=written,
            sender=_text(entry, SENDER),
            text=_text(entry, BODY),
            flags=(Flag.ATTACHMENT,) if entry.xpath(".//img|.//video|.//audio") else (),
            precision=precision,
            line=entry.sourceline or 0,
        )


def _found(tree: lxml.html.HtmlElement, path: str) -> list[lxml.html.HtmlElement]:
    return cast("list[lxml.html.HtmlElement]", tree.xpath(path))


def _text(entry: lxml.html.HtmlElement, condition: str) -> str:
    parts = _found(entry, f".//div[{condition}]")
    return SPACES.sub(" ", parts[0].text_content()).strip() if parts else ""


def _when(written: str) -> tuple[datetime | None, Precision]:
    """The wall-clock time; months in other languages than English are left unread."""
    for style in TIMES:
        try:
            local = datetime.strptime(written.replace("Sept", "Sep"), style)  # noqa: DTZ007  a wall clock has no zone
        except ValueError:
            continue
        return local, Precision.SECOND if "%S" in style else Precision.MINUTE
    return None, Precision.UNKNOWN
