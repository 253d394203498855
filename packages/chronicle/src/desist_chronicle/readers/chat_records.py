"""The blocks of a chat made into records: ordinary ones column by column, the rest one by one."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate, chain, compress, repeat
from operator import add, not_
from typing import NamedTuple

from desist_chronicle.columns import Columns
from desist_chronicle.ledger import Ledger
from desist_chronicle.options import Options
from desist_chronicle.readers.chat_blocks import Block, joined, without
from desist_chronicle.readers.chat_marks import INVISIBLE, SYSTEM
from desist_chronicle.readers.chat_times import Stamps, Times
from desist_chronicle.readers.chat_words import Ambiguity, Draft, Words
from desist_chronicle.readers.encodings import Encoding, windows_1252
from desist_chronicle.readers.forgery import MOST_SUSPECTS, Order, after_bare_breaks, ends_in_return
from desist_chronicle.records import Batch, Direction, Flag, Kind, Precision, Record

#: a block whose end is in doubt waits for the next one, up to this size
MOST_HELD_BYTES = 1 << 20


class Conventions(NamedTuple):
    """The conventions of a chat that its beginning shows."""

    encoding: Encoding
    precision: Precision
    #: every header follows a carriage return, so one that does not was typed by a sender
    ends_in_return: bool
    ambiguous: tuple[Ambiguity, ...]


class ChatRecords:
    """Makes the records of one chat, block by block, in order."""

    def __init__(
        self, *, source: str, stamps: Stamps, conventions: Conventions, options: Options, ledger: Ledger
    ) -> None:
        self._source = source
        self._stamps = stamps
        self._conventions = conventions
        self._owners = frozenset(options.owners)
        self._words = Words(
            encoding=conventions.encoding, ambiguous=conventions.ambiguous, options=options, ledger=ledger
        )
        self._names = _Names()
        self._order = Order(roster=frozenset((*options.names, *options.owners)))
        self._held: Block | None = None
        self._seq = self._offset = 0
        self._line = 1
        self._last: int | None = None
        self._returned = True

    def of(self, block: Block) -> Iterator[Batch]:
        """Return the records of the next block, and of one that was held back until it came."""
        if self._held:
            block, self._held = joined(self._held, block), None
        with _collector_paused():
            times = self._stamps.read(dates=block.dates, clocks=block.clocks, after=self._last)
            if self._is_in_doubt(block, times):
                self._held = block
                return
            yield from self._preamble(block)
            if block.heads:
                yield self._messages(block, times)

    def rest(self, size: int) -> list[Record]:
        """A record for bytes at the end that are no text, so that every byte has one."""
        if self._offset == size:
            return []
        return [self._plain(Kind.UNREAD, size, f"{size - self._offset} bytes at the end that are no text")]

    def _preamble(self, block: Block) -> Iterator[list[Record]]:
        """Return what stands before a block's first header: unread, or the rest of a message cut for its length."""
        text = block.preamble[1:]
        broken = bool(block.heads) or block.broken
        if not block.preamble or (not text and not broken):
            return
        end = self._offset + self._measure(text + b"\n" * broken)
        kind = Kind.CONTINUATION if self._seq else Kind.UNREAD
        yield [self._plain(kind, end, self._words.decode(text)[0])]
        self._line += text.count(b"\n") + broken

    def _plain(self, kind: Kind, end: int, text: str) -> Record:
        record = Record(
            *(self._source, self._seq, self._offset, end, self._line, kind, None, None, Precision.UNKNOWN),
            *("", (), Direction.UNKNOWN, text, (), ""),
        )
        self._seq += 1
        self._offset = end
        return record

    def _is_in_doubt(self, block: Block, times: Times) -> bool:
        """Return whether the next header may show that one near the end of this block was typed."""
        if block.following is None or not block.heads or len(block.raw) > MOST_HELD_BYTES:
            return False
        if self._conventions.ends_in_return and not ends_in_return(block.bodies[-1]):
            return True
        next_one = self._following(block, times)
        latest = max(filter(None, times.utc[-MOST_SUSPECTS:]), default=0)
        return next_one is not None and next_one < latest

    def _following(self, block: Block, times: Times) -> int | None:
        if block.following is None:
            return None
        day, clock = block.following
        return self._stamps.read(dates=[day], clocks=[clock], after=times.utc[-1]).utc[0]

    def _messages(self, block: Block, times: Times) -> Columns:
        senders = list(map(self._names.__getitem__, block.senders))
        typed, suspects = self._judge(block, times, senders)
        if typed:
            block = without(block, typed)
            times = self._stamps.read(dates=block.dates, clocks=block.clocks, after=self._last)
            senders = list(map(self._names.__getitem__, block.senders))
        count = len(block.heads)
        starts = self._place(block)
        breaks = list(map(bytes.count, block.bodies, repeat(b"\n")))
        lines = list(accumulate(map(add, breaks, repeat(1)), initial=self._line))
        draft = self._draft(block, times, senders, suspects)
        self._words.mark(block, draft, breaks, lines)
        columns = Columns(
            source=self._source,
            seq=self._seq,
            starts=starts,
            lines=lines[:-1],
            kinds=draft.kinds,
            ticks=1,
            local=times.local,
            utc=times.utc,
            precision=self._conventions.precision,
            senders=draft.senders,
            recipients=[()] * count,
            directions=self._directions(draft.senders),
            texts=draft.texts,
            flags=draft.flags,
            found=block.found,
        )
        self._seq += count
        self._line = lines[-1]
        self._last = times.utc[-1]
        return columns

    def _place(self, block: Block) -> list[int]:
        """Return where each message begins in the source, and where the last one ends."""
        if self._conventions.encoding.name == "utf-8":
            sizes = map(add, map(len, block.heads), map(len, block.bodies))
        else:
            sizes = map(self._measure, map(add, block.heads, block.bodies))
        # A head holds the line break before it, which is one after it as well, but not after the last line.
        starts = list(accumulate(sizes, initial=self._offset))
        starts[-1] -= self._measure(b"\n") * (not block.broken)
        self._offset = starts[-1]
        return starts

    def _draft(
        self, block: Block, times: Times, senders: list[str], suspects: dict[int, tuple[Flag, ...]]
    ) -> Draft:
        texts, malformed = self._words.texts(block)
        flags: list[tuple[Flag, ...]] = [()] * len(texts)
        for index, found in chain(times.flags.items(), malformed, suspects.items()):
            flags[index] = (*flags[index], *found)
        kinds = [Kind.MESSAGE] * len(texts)
        silent = list(compress(range(len(texts)), map(not_, senders))) if "" in senders else []
        for index in silent:
            kinds[index] = Kind.SYSTEM
        return Draft(kinds, senders, texts, flags, silent)

    def _measure(self, piece: bytes) -> int:
        return self._conventions.encoding.measure(piece)

    def _directions(self, senders: list[str]) -> list[Direction]:
        if not self._owners:
            return [Direction.UNKNOWN] * len(senders)
        said = {one: Direction.SENT if one in self._owners else Direction.RECEIVED for one in set(senders)}
        said[""] = Direction.UNKNOWN
        return list(map(said.__getitem__, senders))

    def _judge(
        self, block: Block, times: Times, senders: list[str]
    ) -> tuple[set[int], dict[int, tuple[Flag, ...]]]:
        """Return which headers were typed, and the flags of possible ones, by their place without the typed."""
        instants = times.utc
        typed: set[int] = set()
        suspects: dict[int, tuple[Flag, ...]] = {}
        if self._conventions.ends_in_return:
            found = after_bare_breaks(block.bodies, returned=self._returned)
            self._returned = ends_in_return(block.bodies[-1])
            typed |= found.typed
            suspects |= dict.fromkeys(found.suspected, (Flag.POSSIBLY_FORGED,))
        if not self._order.keeps(instants, senders):
            next_one = self._following(block, times)
            found = self._order.judge(instants=instants, senders=senders, following=next_one)
            typed |= found.typed
            suspects |= dict.fromkeys(found.suspected, (Flag.TIME_BACKWARDS, Flag.POSSIBLY_FORGED))
        return typed, _moved(suspects, typed) if typed else suspects


def _moved(suspects: dict[int, tuple[Flag, ...]], typed: set[int]) -> dict[int, tuple[Flag, ...]]:
    """Return the flags by their place without the typed lines."""
    return {
        index - sum(one < index for one in typed): flags
        for index, flags in suspects.items()
        if index not in typed
    }


class _Names(dict[bytes | None, str]):
    """Senders as written -> names; empty for a line that only looks as if it had a sender."""

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
    """Pause the collector: records make no garbage, yet every few hundred would start a search for it."""
    resume = gc.enable if gc.isenabled() else gc.disable
    gc.disable()
    try:
        yield
    finally:
        resume()
