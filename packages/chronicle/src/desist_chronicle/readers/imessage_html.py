"""Messages of an iPhone as imessage-exporter writes them as pages. Answers stand twice; only those by themselves are read.

The layout is that of https://github.com/ReagentX/imessage-exporter (`html`).
"""

import re
from collections.abc import Iterator
from itertools import chain

from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import Instant, LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.html_pages import (
    Element,
    bytes_of,
    classes,
    content,
    first,
    flat,
    is_page,
    tree_of,
)
from desist_chronicle.readers.imessage_text import ME, TIME, TIMES, when_of
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "iMessages as a page (imessage-exporter)"
MOMENT = re.compile(TIME)
MESSAGE = re.compile(rb'<div class ?="(?:message|announcement)">\s*<(?:div class="(?:sent|received)|p>)')
MESSAGES = (
    "//div[(@class='message' or @class='announcement') and "
    "not(ancestor::div[contains(concat(' ', @class, ' '), ' replies ')])]"
)
FLAGS = {
    "reactions": Flag.REACTED_TO,
    "tapbacks": Flag.REACTED_TO,
    "edited": Flag.EDITED,
    "unsent": Flag.DELETED,
}


def recognises(head: bytes) -> bool:
    """Whether the page has a message in the exporter's form."""
    return is_page(head) and MESSAGE.search(head) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the page's order; the time zone is that of the computer that made the page."""
    ledger.note(TIMES)
    yield from in_lists(_records(source, options, ledger))


def _records(source: Source, options: Options, ledger: Ledger) -> Iterator[Record]:
    make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
    clock = clock_of(options.zone)
    for message in tree_of(bytes_of(source, ledger), ledger).xpath(MESSAGES):
        written = first(message, "timestamp")
        if classes(message) == ["announcement"]:
            found, when = _time(clock, written)
            said = flat(message).removeprefix(flat(written)).strip()
            yield make.record(
                kind=Kind.SYSTEM, when=when, found=found, text=said, line=message.sourceline or 0
            )
        else:
            yield _message(make, clock, message)
    if not make.made:
        raise UnrecognisedSourceError(
            f"{source.name} is a page of imessage-exporter's without a message that can be read. Nothing was read. Give "
            "the database that it was made from (chat.db or sms.db)."
        )


def _message(make: RecordMaker, clock: LocalClock, message: Element) -> Record:
    balloon = next(message.iterchildren("div"), message)
    found, when = _time(clock, first(balloon, "timestamp"))
    who = flat(first(balloon, "sender"))
    sent = "sent" in classes(balloon) or who == ME
    parts, flags = list[str](), set[Flag]()
    for piece in balloon.iterchildren("div", "span"):
        said, marks = _part(piece)
        parts += said
        flags |= marks
    return make.record(
        when=when,
        found=found,
        sender=(make.owner or ME) if sent else who,
        direction=Direction.SENT if sent else Direction.RECEIVED,
        text="\n".join(parts),
        flags=tuple(sorted(flags)),
        line=message.sourceline or 0,
    )


def _time(clock: LocalClock, piece: Element | None) -> tuple[str, Instant | None]:
    """The time as it stands, without when it was read."""
    written = flat(piece)
    found = MOMENT.match(written.encode())
    return (written, None) if found is None else (found[0].decode(), when_of(clock, found))


def _part(piece: Element) -> tuple[list[str], set[Flag]]:
    """The words and files of a part of a message; anything that is no part of it stands in brackets."""
    named = classes(piece)
    if "replies" in named:
        return [], set()
    flags = {FLAGS[name] for name in FLAGS if name in named or first(piece, name) is not None}
    words = content(piece).strip() if "message_part" in named else ""
    said = [words] if words else []
    if not words and "message_part" not in named and (aside := " ".join(" ".join(piece.itertext()).split())):
        said = [f"[{aside}]"]
    links = (
        one.get("src") or one.get("href") or "" for one in piece.iter("img", "video", "audio", "source", "a")
    )
    files = (
        []
        if "reactions" in named or "tapbacks" in named
        else [one for one in links if one and "://" not in one]
    )
    return list(chain(said, (f"[{one}]" for one in dict.fromkeys(files)))), flags | (
        {Flag.ATTACHMENT} if files else set()
    )
