"""Meta's messages as pages. They state no zone and often no seconds: JSON is better where it can be had."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import cast

from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.chat_times import clock_of as seconds_of_day
from desist_chronicle.readers.html_pages import Element, bytes_of, is_page, tree_of
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.table_times import named_date, precision_of
from desist_chronicle.records import Flag, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Meta messages (HTML)"
#: what a piece of a message is by its class, whatever element it is: Meta changes those
SENDER, BODY, TIME = "_a6-h", "_a6-p", "_a6-o"
PIECES = " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in (SENDER, BODY, TIME))
SPACES = re.compile(r"\s+")


def recognises(head: bytes) -> bool:
    """Whether the page has the class names of Meta's messages."""
    return is_page(head) and (b"_a6-g" in head or b"_a6-p" in head)


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the page's order, which is newest first."""
    ledger.note(
        "This is a web page without a time zone. Ask for the JSON form of the same download, which has instants."
    )
    yield from in_lists(_records(source, options, ledger))


def _records(source: Source, options: Options, ledger: Ledger) -> Iterator[Record]:
    make = RecordMaker(source=source.name, options=options, precision=Precision.MINUTE)
    clock = clock_of(options.zone)
    nameless = 0
    for message in _messages(tree_of(bytes_of(source, ledger), ledger)):
        written = _text(message.get(TIME))
        local, precision = _when(written)
        sender = _text(message.get(SENDER))
        nameless += not sender
        yield make.record(
            when=clock.instant(local) if local else None,
            found=written,
            sender=sender,
            text=_text(message.get(BODY)),
            flags=(Flag.ATTACHMENT,) if _shows_a_file(message.get(BODY)) else (),
            precision=precision,
            line=next(iter(message.values())).sourceline or 0,
        )
    if nameless:
        ledger.stop(
            f"{nameless:,} messages of {source.name} have no sender that could be read. Look at the page itself."
        )
    if not make.made:
        raise UnrecognisedSourceError(
            f"{source.name} is a page of Meta's in a layout that is not known. Nothing was read. Ask for the JSON form "
            "of the same download."
        )


def _messages(tree: Element) -> Iterator[dict[str, Element]]:
    """The pieces of each message: a name begins one, a time ends it, and so does a second piece of one kind.

    How messages are nested in one another and in boxes differs from one year's layout to the next, so it is not asked.
    """
    found: dict[str, Element] = {}
    inside: set[Element] = set()
    for piece in cast("list[Element]", tree.xpath(f"//*[{PIECES}]")):
        kind = next(name for name in (SENDER, BODY, TIME) if name in piece.get("class", "").split())
        if any(outer in inside for outer in piece.iterancestors()):
            continue
        inside.add(piece)
        if kind in found or (kind == SENDER and found):
            yield from _whole(found)
            found = {}
        found[kind] = piece
        if kind == TIME:
            yield from _whole(found)
            found = {}
    yield from _whole(found)


def _whole(found: dict[str, Element]) -> Iterator[dict[str, Element]]:
    """A message where there are words or a time; a name alone is a heading of the page."""
    if BODY in found or (TIME in found and SENDER in found):
        yield found


def _text(piece: Element | None) -> str:
    return "" if piece is None else SPACES.sub(" ", str(piece.text_content())).strip()


def _shows_a_file(piece: Element | None) -> bool:
    return piece is not None and bool(piece.xpath(".//img|.//video|.//audio"))


def _when(written: str) -> tuple[datetime | None, Precision]:
    """The wall-clock time; months in other languages than English are left unread."""
    named = named_date(written)
    if named is None:
        return None, Precision.UNKNOWN
    day, clock = named
    since = seconds_of_day(clock.encode()) if clock else None
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  a wall clock has no zone
    return midnight + timedelta(seconds=since or 0), precision_of(clock, since)
