"""Blocks of a chat to records. What is ordinary is made column by column; what is not, one by one."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import accumulate, chain, compress, islice, repeat
from operator import add, contains, le, not_
from typing import NamedTuple, cast

from desist.chronicle.ledger import Ledger
from desist.chronicle.options import Options
from desist.chronicle.readers.chat_blocks import Block
from desist.chronicle.readers.chat_marks import INVISIBLE, SYSTEM, WHOLE_TEXTS, mark_of
from desist.chronicle.readers.chat_times import Stamps, Times
from desist.chronicle.readers.encodings import Encoding, windows_1252
from desist.chronicle.readers.forgery import Suspicion, date_like_lines, has_clock, quotes_header
from desist.chronicle.records import Direction, Flag, Kind, Precision, Record

CLOSERS = (">", ")")
#: what ends a quoted header, and the mark before a phone's own phrases
NEEDLES = (b"] ", b" - ", "\u200e".encode())


class Ambiguity(NamedTuple):
    """A name of which the text cannot tell where it ends: `Dr: Smith: hello`."""

    sender: str
    beginning: str


class Conventions(NamedTuple):
    """What the beginning of a chat shows about the rest of it."""

    encoding: Encoding
    precision: Precision
    #: every header follows a carriage return, so one that does not was typed
    ends_in_return: bool
    ambiguous: tuple[Ambiguity, ...]


class _Draft(NamedTuple):
    """What marks may still change, a list a column."""

    kinds: list[Kind]
    senders: list[str]
    texts: list[str]
    flags: list[tuple[Flag, ...]]


class ChatRecords:
    """Makes the records of one chat, block by block, in order."""

    def __init__(
        self, *, source: str, stamps: Stamps, conventions: Conventions, options: Options, ledger: Ledger
    ) -> None:
        self._source = source
        self._stamps = stamps
        self._conventions = conventions
        self._options = options
        self._ledger = ledger
        self._names = _Names()
        self._suspicion = Suspicion()
        self._seq = self._offset = 0
        self._line = 1
        self._returned = True

    def of(self, block: Block) -> list[Record]:
        """The records of the next block."""
        with _collector_paused():
            before = self._preamble(block)
            return [*before, *self._messages(block)] if before else self._messages(block)

    def rest(self, size: int) -> list[Record]:
        """A record for bytes at the end that are no text, so that every byte has one."""
        if self._offset == size:
            return []
        return [self._plain(Kind.UNREAD, size, f"{size - self._offset} bytes at the end that are no text")]

    def _preamble(self, block: Block) -> list[Record]:
        """What stands before a block's first header: unread, or the rest of a message cut for its length."""
        text = block.preamble[1:]
        broken = bool(block.heads) or block.broken
        if not block.preamble or (not text and not broken):
            return []
        end = self._offset + self._measure(text + b"\n" * broken)
        kind = Kind.CONTINUATION if self._seq else Kind.UNREAD
        record = self._plain(kind, end, self._decode(text)[0])
        self._line += text.count(b"\n") + broken
        return [record]

    def _plain(self, kind: Kind, end: int, text: str) -> Record:
        record = Record(
            *(self._source, self._seq, self._offset, end, self._line, kind, None, None, Precision.UNKNOWN),
            *("", (), Direction.UNKNOWN, text, (), ""),
        )
        self._seq += 1
        self._offset = end
        return record

    def _messages(self, block: Block) -> list[Record]:
        count = len(block.heads)
        if not count:
            return []
        starts = self._place(block)
        breaks = list(map(bytes.count, block.bodies, repeat(b"\n")))
        lines = list(accumulate(map(add, breaks, repeat(1)), initial=self._line))
        times = self._stamps.read(dates=block.dates, clocks=block.clocks)
        draft = self._draft(block, times)
        self._mark(block, draft, breaks, lines)
        columns = (
            *(repeat(self._source), range(self._seq, self._seq + count), starts, starts[1:], lines),
            *(draft.kinds, times.local, times.utc, repeat(self._conventions.precision), draft.senders),
            *(repeat(()), self._directions(draft.senders), draft.texts, draft.flags),
            map(bytes.decode, block.found),
        )
        self._seq += count
        self._line = lines[-1]
        # `Record._make` does the same, a call slower for each of a million.
        return list(map(tuple.__new__, repeat(Record), zip(*columns, strict=False)))

    def _place(self, block: Block) -> list[int]:
        """Where each message begins in the source, and where the last one ends."""
        if self._conventions.encoding.name == "utf-8":
            sizes = map(add, map(len, block.heads), map(len, block.bodies))
        else:
            sizes = map(self._measure, map(add, block.heads, block.bodies))
        # A head holds the line break before it, which is one after it as well, but not after the last line.
        starts = list(accumulate(sizes, initial=self._offset))
        starts[-1] -= self._measure(b"\n") * (not block.broken)
        self._offset = starts[-1]
        return starts

    def _draft(self, block: Block, times: Times) -> _Draft:
        texts, malformed = self._texts(block)
        senders = list(map(self._names.__getitem__, block.senders))
        flags: list[tuple[Flag, ...]] = [()] * len(texts)
        for index, found in chain(times.flags.items(), malformed, self._suspects(times, block)):
            flags[index] = (*flags[index], *found)
        kinds = [Kind.MESSAGE] * len(texts)
        for index in compress(range(len(texts)), map(not_, senders)):
            kinds[index] = Kind.SYSTEM
        return _Draft(kinds, senders, texts, flags)

    def _texts(self, block: Block) -> tuple[list[str], list[tuple[int, tuple[Flag, ...]]]]:
        """The texts as characters, without the line break that ends them; damaged ones are named."""
        malformed: list[tuple[int, tuple[Flag, ...]]] = []
        try:
            texts = list(map(bytes.decode, block.bodies))
        except UnicodeDecodeError:
            decoded = [self._decode(body) for body in block.bodies]
            texts = [text for text, _ in decoded]
            malformed = [(index, (Flag.MALFORMED,)) for index, (_, wrong) in enumerate(decoded) if wrong]
        if not block.broken:
            texts[-1] = texts[-1].removesuffix("\n")
        if b"\r" in block.raw:
            texts = [text.removesuffix("\r").replace("\r\n", "\n") for text in texts]
        return texts, malformed

    def _decode(self, body: bytes) -> tuple[str, bool]:
        try:
            return body.decode(), False
        except UnicodeDecodeError:
            self._ledger.note(
                "Some messages hold bytes that are not valid UTF-8; those were read as Windows-1252 and are flagged."
            )
            return windows_1252(body), True

    def _measure(self, piece: bytes) -> int:
        return self._conventions.encoding.measure(piece)

    def _directions(self, senders: list[str]) -> Iterable[Direction]:
        owners = self._options.owners
        if not owners:
            return repeat(Direction.UNKNOWN)
        said = {sender: Direction.SENT if sender in owners else Direction.RECEIVED for sender in set(senders)}
        said[""] = Direction.UNKNOWN
        return [said[sender] for sender in senders]

    def _suspects(self, times: Times, block: Block) -> Iterator[tuple[int, tuple[Flag, ...]]]:
        """Headers that someone may have typed, by position."""
        instants = times.utc
        quiet = None not in instants and self._suspicion.is_quiet(cast("datetime", instants[0]))
        if quiet and all(map(le, instants, islice(instants, 1, None))):  # type: ignore[arg-type]  # no None
            self._suspicion.pass_by(cast("datetime", instants[-1]))
        else:
            for index, instant in enumerate(instants):
                if found := self._suspicion.flags(instant):
                    yield index, found
        if self._conventions.ends_in_return:
            yield from self._after_bare_line(block)

    def _after_bare_line(self, block: Block) -> Iterator[tuple[int, tuple[Flag, ...]]]:
        for index, body in enumerate(block.bodies):
            if not self._returned:
                yield index, (Flag.POSSIBLY_FORGED,)
            self._returned = body.endswith(b"\r")

    def _mark(self, block: Block, draft: _Draft, breaks: list[int], lines: list[int]) -> None:
        """Look closer at every message that is not plain text by a known sender."""
        for index in _unusual(block, draft, breaks):
            self._look_closer(index, block, draft)
            if breaks[index]:
                self._count_continued(block.bodies[index], lines[index])
        if self._conventions.ambiguous or any(": " not in name for name in self._options.names):
            self._check_names(draft)

    def _look_closer(self, index: int, block: Block, draft: _Draft) -> None:
        body, text = block.bodies[index], draft.texts[index]
        if not draft.senders[index]:
            # A colon inside a system line is no sender's.
            before, wrong = self._decode(block.senders[index] or b"")
            text = draft.texts[index] = before + text
            draft.flags[index] += (Flag.MALFORMED,) * wrong
        if found := mark_of(text):
            draft.kinds[index] = (
                found.kind if draft.senders[index] or found.kind != Kind.MESSAGE else Kind.SYSTEM
            )
            draft.flags[index] += found.flags
        if has_clock(body) and quotes_header(body):
            draft.flags[index] += (Flag.QUOTED_HEADER,)

    def _count_continued(self, body: bytes, line: int) -> None:
        self._ledger.continued_bytes += self._measure(body[body.index(b"\n") + 1 :])
        if has_clock(body):
            for later in date_like_lines(body):
                self._ledger.date_like(line + later)

    def _check_names(self, draft: _Draft) -> None:
        """Flag names whose end is uncertain, and senders that the roster does not know."""
        roster = {*self._options.names, *self._options.owners}
        complete = any(": " not in name for name in self._options.names)
        for index, (sender, text) in enumerate(zip(draft.senders, draft.texts, strict=True)):
            if sender and complete and sender not in roster:
                draft.flags[index] += (Flag.POSSIBLY_FORGED,)
            if any(
                sender == one.sender and text.startswith(one.beginning) for one in self._conventions.ambiguous
            ):
                draft.flags[index] += (Flag.SENDER_AMBIGUOUS,)


def _unusual(block: Block, draft: _Draft, breaks: list[int]) -> list[int]:
    """Which messages of a block may hold a mark, a quotation or further lines; a test a column is quickest."""
    everyone = range(len(breaks))
    found = {
        *compress(everyone, breaks),
        *compress(everyone, map(not_, draft.senders)),
        *compress(everyone, map(WHOLE_TEXTS.__contains__, draft.texts)),
        *compress(everyone, map(str.endswith, draft.texts, repeat(CLOSERS))),
    }
    for needle in NEEDLES:
        # Every head holds the same number of these: only more of them than that can be in the bodies.
        if block.raw.count(needle) > block.heads[0].count(needle) * len(block.heads):
            found.update(compress(everyone, map(contains, block.bodies, repeat(needle))))
    return sorted(found)


class _Names(dict[bytes | None, str]):
    """Senders as written to names; empty for a line that only looks as if it had a sender."""

    def __missing__(self, written: bytes | None) -> str:
        name = "" if written is None else _decode_name(written)
        self[written] = found = "" if SYSTEM.search(name) else name
        return found


def _decode_name(written: bytes) -> str:
    try:
        text = written.decode()
    except UnicodeDecodeError:
        text = windows_1252(written)
    return text.rstrip(" ").removesuffix(":").strip(INVISIBLE)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage arises while records are made, but every few hundred would start a search for it."""
    resume = gc.enable if gc.isenabled() else gc.disable
    gc.disable()
    try:
        yield
    finally:
        resume()
