"""The ordinary messages of an SMS backup, found by one regular expression, four times as fast as an XML parser.

Only what is certain is read in this way: elements written as the app writes them, between the root's tags, in UTF-8. All
else, and whatever is damaged, is left to the parser.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import accumulate, repeat
from operator import add, floordiv
from typing import NamedTuple

from desist_chronicle.columns import Columns
from desist_chronicle.local_time import EPOCH, LocalClock
from desist_chronicle.records import Direction, Flag, Kind, Precision

# Possessive throughout: what stops one of these is never part of it.
_VALUE = rb'[^"<&\x00-\x1f]*+'
_ESCAPED = rb"&(?:amp|lt|gt|quot|apos|#[0-9]{1,10});"
_TEXT = _VALUE + rb"(?:" + _ESCAPED + _VALUE + rb")*+"
_OTHERS = rb'(?: [a-z_]++="' + _VALUE + rb'")*+'
#: groups: the element with the space after it up to the next, address, date (in milliseconds, until 2096), type, body
_MESSAGE = re.compile(
    rb'(<sms (?:protocol="'
    + _VALUE
    + rb'" )?address="('
    + _VALUE
    + rb')" date="([1-9][0-9]{0,11}|[1-3][0-9]{12})" type="([0-9])" (?:subject="'
    + _VALUE
    + rb'" )?body="('
    + _TEXT
    + rb')"'
    + _OTHERS
    + rb" ?/>(?:[ \t]|\r?\n)*+(?=<))"
)
_REFERENCE = re.compile(rb"&(amp|lt|gt|quot|apos|#[0-9]+);")
_NUMBER = re.compile(rb"&#([0-9]+);")
_NAMED = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
#: two characters that UTF-8 can hold and XML cannot
_FORBIDDEN = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.I)
#: clocks change at a quarter of an hour, in milliseconds
_QUARTER = 900_000


class Run(NamedTuple):
    """Messages with nothing between them, a list a column; or bytes that are none of them."""

    elements: list[bytes]
    addresses: list[bytes]
    dates: list[bytes]
    types: list[bytes]
    bodies: list[bytes]
    other: bytes = b""

    @classmethod
    def of(cls, other: bytes) -> "Run":
        """Return bytes left to the parser."""
        return cls([], [], [], [], [], other)

    @property
    def raw(self) -> bytes:
        """All of it, as it stands in the file."""
        return self.other or b"".join(self.elements)


def is_plain_until(head: bytes) -> bool:
    """Return whether the text before the root's tag leaves the file in UTF-8."""
    return _OTHER_ENCODING.search(head) is None


def is_plain_after(other: bytes) -> bool:
    """Return whether no comment, declaration or other command begins here: an element inside one would not count."""
    return b"<!" not in other and b"<?" not in other


def runs(piece: bytes) -> Iterator[Run]:
    """A piece of a backup as runs of messages, and between them the bytes that are left to the parser."""
    parts = _MESSAGE.split(piece) if _is_sound(piece) else [piece]
    between, columns = parts[0::6], [parts[group::6] for group in range(1, 6)]
    start = 0
    for end, other in enumerate(between):
        if other or end == len(between) - 1:
            if end > start:
                elements, addresses, dates, types, bodies = (column[start:end] for column in columns)
                yield Run(elements, addresses, dates, types, bodies)
            if other:
                yield Run.of(other)
            start = end


def _is_sound(piece: bytes) -> bool:
    """Return whether the parser would find nothing wrong with the characters."""
    numbers = set(_NUMBER.findall(piece)) if b"&#" in piece else ()
    return _is_readable(piece) and all(_is_character(int(number)) for number in numbers)


def _is_readable(piece: bytes) -> bool:
    if piece.isascii():
        return True
    if any(character in piece for character in _FORBIDDEN):
        return False
    try:
        # A character may be cut by an end of the piece, but then not inside a whole element.
        piece[piece.find(b"<") : piece.rfind(b">") + 1].decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_character(code: int) -> bool:
    return code in {9, 10, 13} or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000


class PlainMessages:
    """Makes the records of runs."""

    def __init__(
        self,
        *,
        source: str,
        owner: str,
        clock: LocalClock,
        directions: dict[str, Direction],
        states: Mapping[str, tuple[Flag, ...]],
    ) -> None:
        self._source = source
        self._people = _People(owner, directions, states)
        self._offsets = _Offsets(clock)

    def columns(self, run: Run, *, seq: int, start: int, line: int) -> Columns:
        """The records of a run that begins at this record, byte and line."""
        count = len(run.elements)
        dates = list(map(int, run.dates))
        quarters = map(floordiv, dates, repeat(_QUARTER))
        local: list[int | None] = list(map(add, dates, map(self._offsets.__getitem__, quarters)))
        people = list(map(self._people.__getitem__, zip(run.addresses, run.types, strict=True)))
        senders, recipients, directions, flags = map(list, zip(*people, strict=True))
        breaks = map(bytes.count, run.elements, repeat(b"\n"))
        return Columns(
            source=self._source,
            seq=seq,
            starts=list(accumulate(map(len, run.elements), initial=start)),
            lines=list(accumulate(breaks, initial=line))[:-1],
            kinds=[Kind.MESSAGE] * count,
            ticks=1000,
            local=local,
            utc=[*dates],
            precision=Precision.MILLISECOND,
            senders=senders,
            recipients=recipients,
            directions=directions,
            texts=_texts(run.bodies),
            flags=flags,
            found=run.dates,
        )


class _People(dict[tuple[bytes, bytes], tuple[str, tuple[str, ...], Direction, tuple[Flag, ...]]]):
    """Address and type to sender, recipients, direction and flags: few of each in a backup."""

    def __init__(
        self, owner: str, directions: dict[str, Direction], states: Mapping[str, tuple[Flag, ...]]
    ) -> None:
        super().__init__()
        self._owner = owner
        self._directions = directions
        self._states = states

    def __missing__(
        self, written: tuple[bytes, bytes]
    ) -> tuple[str, tuple[str, ...], Direction, tuple[Flag, ...]]:
        other, state = (word.decode() for word in written)
        direction = self._directions.get(state, Direction.UNKNOWN)
        flags = self._states.get(state, ())
        owner = (self._owner,) if self._owner else ()
        received = direction == Direction.RECEIVED
        found = (other, owner, direction, flags) if received else (self._owner, (other,), direction, flags)
        self[written] = found
        return found


class _Offsets(dict[int, int]):
    """Quarters of an hour since 1970 to how far the wall clock is ahead, in milliseconds."""

    def __init__(self, clock: LocalClock) -> None:
        super().__init__()
        self._clock = clock
        #: by day since 1970; None on days on which the clocks change
        self._days: dict[int, int | None] = {}

    def __missing__(self, quarter: int) -> int:
        day = quarter // 96
        if day not in self._days:
            # No zone has ever changed its clocks twice within six hours.
            offsets = {self._offset(day * 96 + later) for later in range(0, 97, 24)}
            self._days[day] = offsets.pop() if len(offsets) == 1 else None
        even = self._days[day]
        self[quarter] = found = self._offset(quarter) if even is None else even
        return found

    def _offset(self, quarter: int) -> int:
        utc = EPOCH + timedelta(milliseconds=quarter * _QUARTER)
        ahead = self._clock.at(utc).local - utc.replace(tzinfo=None)
        return round(ahead.total_seconds() * 1000)


def _texts(bodies: list[bytes]) -> list[bytes]:
    # Most runs have no reference at all, which one look at all of them tells.
    if b"&" not in b"".join(bodies):
        return bodies
    return [_unescaped(body) if b"&" in body else body for body in bodies]


def _unescaped(body: bytes) -> bytes:
    return _REFERENCE.sub(_character, body)


def _character(found: re.Match[bytes]) -> bytes:
    name = found[1]
    return _NAMED[name] if name in _NAMED else chr(int(name[1:])).encode()
