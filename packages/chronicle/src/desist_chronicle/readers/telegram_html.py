"""Telegram Desktop's pages (`messages.html`, `messages2.html`): times with their offset from UTC, as far as the page has it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import cast

from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import FIRST_YEAR, LAST_YEAR, Instant, LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.html_pages import Element, bytes_of, classes, content, flat, is_page, tree_of
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.table_times import named_date
from desist_chronicle.records import Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Telegram (HTML)"
#: a message as the page writes it; inside a text the sign "<" would be escaped
MESSAGE = re.compile(rb'<div class="message (?:default|service)\b')
MESSAGES = (
    "//div[contains(concat(' ', @class, ' '), ' message ') and "
    "(contains(concat(' ', @class, ' '), ' default ') or contains(concat(' ', @class, ' '), ' service '))]"
)
MOMENT = re.compile(
    r"([0-9]{2})\.([0-9]{2})\.([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2})(?: UTC([+-])([0-9]{2}):([0-9]{2}))?"
)
THROUGH_BOT = re.compile(r" via @[A-Za-z0-9_]+\Z")
MISSED = ("Missed", "Declined", "Cancelled")
CALL = "media_call"


def recognises(head: bytes) -> bool:
    """Whether the page has a message in the form of Telegram's pages."""
    return is_page(head) and MESSAGE.search(head) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the page's order, which is oldest first."""
    yield from in_lists(_records(source, options, ledger))


def _records(source: Source, options: Options, ledger: Ledger) -> Iterator[Record]:
    data = bytes_of(source, ledger)
    page = _Page(make=RecordMaker(source=source.name, options=options, precision=Precision.SECOND))
    clock = clock_of(options.zone)
    for message in page.messages(tree_of(data, ledger)):
        if "default" in classes(message):
            yield page.message(message, clock)
        elif not page.turns(message):
            yield page.service(message, clock)
    if not page.make.made:
        raise UnrecognisedSourceError(
            f"{source.name} is a page of Telegram's without a message that can be read. Nothing was read. Export the "
            "chat again as “Machine-readable JSON”, and read that."
        )
    if page.nameless:
        ledger.stop(
            f"{page.nameless:,} messages of {source.name} have no sender that could be read. Look at the page itself."
        )
    written = len(MESSAGE.findall(data))
    if page.found < written:
        ledger.stop(
            f"{source.name} holds {written:,} messages; {page.found:,} could be found in the page. Export the chat "
            "again as “Machine-readable JSON”, and read that."
        )


@dataclass(slots=True)
class _Page:
    """One page: its conversation, and what a message may leave to the one before it."""

    make: RecordMaker
    chat: str = ""
    sender: str = ""
    day: str = ""
    found: int = 0
    nameless: int = 0
    moments: dict[str, str] = field(default_factory=dict)

    def messages(self, tree: Element) -> list[Element]:
        """Every message and service line."""
        heading = tree.find_class("page_header")
        self.chat = flat(heading[0]) if heading else ""
        found = cast("list[Element]", tree.xpath(MESSAGES))
        self.found = len(found)
        return found

    def turns(self, message: Element) -> bool:
        """Whether the line begins a day, whose date service lines share, for they have none."""
        words = flat(message)
        if not message.get("id", "").startswith("message-") or named_date(words) is None:
            return False
        self.day = words
        return True

    def service(self, message: Element, clock: LocalClock) -> Record:
        """A line that Telegram wrote, of which only the day is known."""
        self.sender = ""
        named = named_date(self.day)
        midnight = datetime(named[0].year, named[0].month, named[0].day) if named else None  # noqa: DTZ001  a wall clock
        return self.make.record(
            kind=Kind.SYSTEM,
            when=clock.instant(midnight) if midnight else None,
            found=self.day,
            recipients=(self.chat,) if self.chat else (),
            text=flat(message),
            precision=Precision.DAY,
            line=message.sourceline or 0,
        )

    def message(self, message: Element, clock: LocalClock) -> Record:
        """A message; one that is joined to the one before has its sender."""
        read = _Message()
        for body in message.iterchildren("div"):
            if "body" in classes(body):
                for piece in body.iterchildren(tag="*"):
                    read.take(piece, self.moments)
        if read.sender or "joined" not in classes(message):
            self.sender = read.sender
        self.nameless += not self.sender
        self.moments[message.get("id", "")] = read.found
        return self.make.record(
            kind=read.kind,
            when=_when(clock, read.found),
            found=read.found,
            sender=self.sender,
            recipients=(self.chat,) if self.chat not in {"", self.sender} else (),
            text="\n".join(filter(None, read.parts)),
            flags=tuple(sorted(read.flags)),
            line=message.sourceline or 0,
        )


@dataclass(slots=True)
class _Message:
    """The pieces of one message."""

    sender: str = ""
    found: str = ""
    kind: Kind = Kind.MESSAGE
    parts: list[str] = field(default_factory=list)
    flags: set[Flag] = field(default_factory=set)

    def take(self, piece: Element, moments: dict[str, str]) -> None:
        """Take the next piece in; one of no known kind is kept in brackets."""
        takes: dict[str, Callable[[Element], None]] = {
            "date": self._date,
            "from_name": self._name,
            "text": self._words,
            "forwarded": lambda one: self._forwarded(one, moments),
            "media_wrap": self._media,
            "reactions": self._reactions,
            "reply_to": lambda one: self.parts.append(_reply(one, moments)),
            "userpic_wrap": lambda _: None,
        }
        named = next((name for name in classes(piece) if name in takes), "")
        takes.get(named, self._unknown)(piece)

    def _date(self, piece: Element) -> None:
        self.found = piece.get("title", "").strip() or flat(piece)

    def _words(self, piece: Element) -> None:
        self.parts.append(_text(piece))

    def _unknown(self, piece: Element) -> None:
        if words := flat(piece):
            self.parts.append(f"[{words}]")

    def _name(self, piece: Element) -> None:
        written = content(piece).strip()
        self.sender = THROUGH_BOT.sub("", written)
        if bot := written.removeprefix(self.sender).strip():
            self.parts.append(f"[{bot}]")

    def _forwarded(self, piece: Element, moments: dict[str, str]) -> None:
        """Another person's words, with their name and time in brackets before them."""
        inner = _Message()
        author = ""
        for part in piece.iterchildren(tag="*"):
            if "from_name" in classes(part):
                author = f" from {flat(part)}"
            else:
                inner.take(part, moments)
        # several forwarded messages in a row name their author once
        self.parts.append(f"[forwarded{author}]")
        self.parts += inner.parts
        self.flags |= inner.flags

    def _media(self, piece: Element) -> None:
        words = flat(piece)
        kinds = " ".join(one.get("class", "") for one in piece.iter(tag="*"))
        links = dict.fromkeys(one.get("href", "") for one in piece.iter("a"))
        if CALL in kinds.split():
            status = " ".join(flat(one) for one in piece.find_class("status"))
            self.kind = Kind.MISSED_CALL if status.startswith(MISSED) else Kind.CALL
            self.parts.append(f"[call: {words}]")
            return
        self.flags.add(Flag.ATTACHMENT)
        if "sticker" in kinds:
            self.flags.add(Flag.STICKER)
        if "Not included" in words:
            self.flags.add(Flag.MEDIA_OMITTED)
        self.parts.append(f"[{', '.join(filter(None, (words, *links)))}]")

    def _reactions(self, piece: Element) -> None:
        """Each reaction, and the people who gave it as far as the page names them."""
        shown = []
        for one in piece.find_class("reaction"):
            people = [person.get("title", "") for person in one.find_class("initials")]
            counts = [flat(count) for count in one.find_class("count")]
            emoji = [flat(sign) for sign in one.find_class("emoji")]
            shown.append(" ".join(filter(None, (*emoji, *people, *counts))))
        self.flags.add(Flag.REACTED_TO)
        self.parts.append(f"[reactions: {', '.join(filter(None, shown))}]")


def _text(piece: Element) -> str:
    """The text as it was sent: without the line break and the spaces that stand around it in the page."""
    text = content(piece).removeprefix("\n")
    before, _, last = text.rpartition("\n")
    return text if last.strip(" ") else before


def _reply(piece: Element, moments: dict[str, str]) -> str:
    """The message that this one answers, by its time where it stands on the same page."""
    links = [one.get("href", "") for one in piece.iter("a")]
    moment = moments.get(links[0].replace("#go_to_", "")) if links else None
    return f"[in reply to the message of {moment}]" if moment else f"[{', '.join((flat(piece), *links))}]"


def _when(clock: LocalClock, written: str) -> Instant | None:
    """The instant where the page states its offset from UTC; in older pages the wall clock of the assumed zone."""
    found = MOMENT.fullmatch(written)
    if found is None:
        return None
    day, month, year, hour, minute, second = (int(found[number]) for number in range(1, 7))
    try:
        local = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  a wall clock has no zone
        if not found[7]:
            when = clock.instant(local)
        else:
            ahead = timedelta(hours=int(found[8]), minutes=int(found[9])) * (1 if found[7] == "+" else -1)
            when = clock.at(local.replace(tzinfo=timezone(ahead)).astimezone(UTC))
    except (ValueError, OverflowError):
        return None
    return when if FIRST_YEAR <= when.utc.year <= LAST_YEAR else None
