"""Lines that look like a header and are none, or may be none: typed by a sender, quoted, or copied."""

import re
from collections.abc import Iterator
from datetime import datetime

from desist.chronicle.readers.header_styles import ANY_HEADER, COPIED_HEADER, DATE_LIKE
from desist.chronicle.records import Flag

#: a clock needs a digit on both sides of its colon; a text without one quotes no header
CLOCK = re.compile(rb"[0-9\xa0-\xbf][:.][0-9\xd9\xdb\xe0]")
#: after this many headers behind the latest time, the phone's clock was set back, and nobody typed them
MOST_SUSPECTS = 3


def has_clock(body: bytes) -> bool:
    """Whether anything in a text could be the time in a header."""
    return CLOCK.search(body) is not None


def quotes_header(body: bytes) -> bool:
    """Whether a text holds what looks like another message's header, anywhere."""
    return ANY_HEADER.search(body) is not None or COPIED_HEADER.search(body) is not None


def date_like_lines(body: bytes) -> Iterator[int]:
    """Which later lines of a text (the first is 0) begin with a date and a clock."""
    for number, line in enumerate(body.split(b"\n")):
        if number and DATE_LIKE.match(line):
            yield number


class Suspicion:
    """Watches a chat's times: a header that is earlier than one before it may have been typed."""

    def __init__(self) -> None:
        self._latest: datetime | None = None
        self._suspects = 0

    def is_quiet(self, first: datetime) -> bool:
        """Whether nothing is suspected when a block begins with this time."""
        return self._latest is None or self._latest <= first

    def pass_by(self, last: datetime) -> None:
        """Note a block whose times never run backwards, by its last one."""
        self._latest = last
        self._suspects = 0

    def flags(self, instant: datetime | None) -> tuple[Flag, ...]:
        """What the next header's time gives reason to suspect."""
        if instant is None:
            return ()
        if self._latest is None or instant >= self._latest or self._suspects >= MOST_SUSPECTS:
            self.pass_by(instant)
            return ()
        self._suspects += 1
        return (Flag.TIME_BACKWARDS, Flag.POSSIBLY_FORGED)
