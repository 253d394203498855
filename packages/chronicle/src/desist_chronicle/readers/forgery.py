"""Lines that look like a header and are not, or may not be: typed by a sender, quoted, or copied.

A line in a chat's own style, at the start of a line, cannot be told from a real header by its looks. It is told by
what it does to its neighbours: docs/methods/reading.md says what can be known and what cannot.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import le

from desist_chronicle.readers.header_styles import ANY_HEADER, COPIED_HEADER, DATE_LIKE

#: a clock needs a digit on both sides of its colon; a text without one quotes no header
CLOCK = re.compile(rb"[0-9\xa0-\xbf][:.][0-9\xd9\xdb\xe0]")
#: after this many headers behind the latest time, the phone's clock was set back and no sender typed them
MOST_SUSPECTS = 3
#: how long WhatsApp keeps a message that it cannot deliver: no late delivery comes later (seconds)
LONGEST_DELIVERY = 30 * 86_400


def has_clock(body: bytes) -> bool:
    """Return whether a text holds anything that could be the time in a header."""
    return CLOCK.search(body) is not None


def quotes_header(body: bytes) -> bool:
    """Return whether a text holds, anywhere, what looks like another message's header."""
    return ANY_HEADER.search(body) is not None or COPIED_HEADER.search(body) is not None


def date_like_lines(body: bytes) -> Iterator[int]:
    """Return which later lines of a text (the first is 0) begin with a date and a clock."""
    for number, line in enumerate(body.split(b"\n")):
        if number and DATE_LIKE.match(line):
            yield number


@dataclass(slots=True)
class Judgement:
    """The headers of a block, by position, that were surely typed, and those that may have been."""

    typed: set[int] = field(default_factory=set)
    suspected: set[int] = field(default_factory=set)


class Order:
    """The watch over a chat's times and senders: a header earlier than one before it may have been typed."""

    def __init__(self, *, roster: frozenset[str]) -> None:
        self._roster = roster
        self._heard: set[str] = set()
        self._latest: int | None = None
        self._suspects = 0

    def keeps(self, instants: Sequence[int | None], senders: Sequence[str]) -> bool:
        """Return whether time runs on through these headers and never backwards; if so, note them."""
        if None in instants or (self._latest or 0) > (instants[0] or 0):
            return False
        if not all(map(le, instants, islice(instants, 1, None))):  # type: ignore[arg-type]  # none of them is None
            return False
        self._pass_by(instants[-1], senders)
        return True

    def judge(
        self, *, instants: Sequence[int | None], senders: Sequence[str], following: int | None
    ) -> Judgement:
        """Judge a block's headers one by one; `following` is the instant of the header after them."""
        found = Judgement()
        after = [*instants, following]
        for index, instant in enumerate(instants):
            if instant is None:
                continue
            behind = 0 if self._latest is None else self._latest - instant
            if behind <= 0 or self._suspects >= MOST_SUSPECTS:
                self._pass_by(instant, (senders[index],))
                continue
            self._suspects += 1
            if index and self._is_typed(behind, senders[index], after[index + 1 : index + 1 + MOST_SUSPECTS]):
                found.typed.add(index)
            else:
                found.suspected.add(index)
        return found

    def _pass_by(self, last: int | None, senders: Sequence[str]) -> None:
        self._latest = last
        self._suspects = 0
        self._heard.update(senders)

    def _is_typed(self, behind: int, sender: str, after: Sequence[int | None]) -> bool:
        """Return whether time runs on behind the line as if it were absent, and no late delivery explains it."""
        latest = self._latest or 0
        restored = any(instant is not None and instant >= latest for instant in after)
        stranger = bool(sender) and sender not in self._heard and sender not in self._roster
        return restored and (stranger or behind > LONGEST_DELIVERY)


def after_bare_breaks(bodies: Sequence[bytes], *, returned: bool) -> Judgement:
    """Judge a chat in which every header follows a carriage return, which no sender can type.

    `returned` says whether what stands before the first header ends in one.
    """
    found = Judgement()
    bare: set[int] = set()
    for index, follows_return in enumerate([returned, *map(ends_in_return, bodies)]):
        if not follows_return:
            bare.add(index)
        else:
            (found.typed if len(bare) <= MOST_SUSPECTS and 0 not in bare else found.suspected).update(bare)
            bare = set()
    found.suspected.update(bare - {len(bodies)})
    return found


def ends_in_return(body: bytes) -> bool:
    """Return whether a message ends with a carriage return, before the last line break of a file if there is one."""
    return body.removesuffix(b"\n").endswith(b"\r")
