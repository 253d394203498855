"""What a chat's messages say: text, the phone's own phrases, quoted headers, and names of uncertain end."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, compress, count, repeat
from operator import add, eq
from typing import NamedTuple

from desist_chronicle.ledger import Ledger
from desist_chronicle.options import Options
from desist_chronicle.readers.chat_blocks import Block
from desist_chronicle.readers.chat_marks import WHOLE_TEXTS, mark_of
from desist_chronicle.readers.encodings import Encoding, windows_1252
from desist_chronicle.readers.forgery import date_like_lines, has_clock, quotes_header
from desist_chronicle.records import Flag, Kind

#: endings of a phone's own phrases, and the mark before them
CLOSERS, INVISIBLE_MARK = (b">", b")"), "\u200e".encode()
#: endings of a quoted header
HEADER_ENDS = (b"]", b" - ", " \u2013 ".encode())


class Ambiguity(NamedTuple):
    """A name of which the text cannot tell where it ends: `Dr: Smith: hello`."""

    sender: str
    beginning: bytes


class Draft(NamedTuple):
    """The columns that marks may still change, each a list; texts are UTF-8."""

    kinds: list[Kind]
    senders: list[str]
    texts: list[bytes]
    flags: list[tuple[Flag, ...]]
    #: the positions of messages without a sender
    silent: list[int]


class Words:
    """Reads the words of one chat."""

    def __init__(
        self, *, encoding: Encoding, ambiguous: tuple[Ambiguity, ...], options: Options, ledger: Ledger
    ) -> None:
        self._measure: Callable[[bytes], int] = len if encoding.name == "utf-8" else encoding.measure
        self._ambiguous = ambiguous
        self._roster = frozenset((*options.names, *options.owners))
        self._roster_is_whole = any(": " not in name for name in options.names)
        self._ledger = ledger

    def texts(self, block: Block) -> tuple[list[bytes], list[tuple[int, tuple[Flag, ...]]]]:
        """Return the texts without the line break that ends them, in valid UTF-8; damaged ones are named."""
        texts = block.bodies
        malformed: list[tuple[int, tuple[Flag, ...]]] = []
        if not _is_utf8(block.raw):
            decoded = [self.decode(body) for body in texts]
            texts = [text.encode() for text, _ in decoded]
            malformed = [(index, (Flag.MALFORMED,)) for index, (_, wrong) in enumerate(decoded) if wrong]
        if not block.broken:
            texts = [*texts[:-1], texts[-1].removesuffix(b"\n")]
        if b"\r" in block.raw:
            texts = [text.removesuffix(b"\r").replace(b"\r\n", b"\n") for text in texts]
        return texts, malformed

    def decode(self, body: bytes) -> tuple[str, bool]:
        """Return bytes as characters, and whether they were damaged."""
        try:
            return body.decode(), False
        except UnicodeDecodeError:
            self._ledger.note(
                "Some messages hold bytes that are not valid UTF-8; those were read as Windows-1252 and are flagged."
            )
            return windows_1252(body), True

    def mark(self, block: Block, draft: Draft, breaks: list[int], lines: list[int]) -> None:
        """Look closer at every message that is not plain text by a known sender."""
        for index in draft.silent:
            self._give_back(index, block, draft)
        texts = _Joined(draft.texts)
        for index in _perhaps_phrases(texts, draft):
            self._tell_phrase(index, draft)
        bodies = texts if draft.texts is block.bodies else _Joined(block.bodies)
        for index in _perhaps_quoting(bodies, breaks):
            body = block.bodies[index]
            dated = has_clock(body)
            if dated and quotes_header(body):
                draft.flags[index] += (Flag.QUOTED_HEADER,)
            if breaks[index]:
                self._ledger.continued_bytes += self._measure(body) - self._measure(
                    body[: body.index(b"\n") + 1]
                )
                for later in date_like_lines(body) if dated else ():
                    self._ledger.date_like(lines[index] + later)
        if self._ambiguous or self._roster_is_whole:
            self._check_names(draft)

    def _give_back(self, index: int, block: Block, draft: Draft) -> None:
        """Give a colon inside a system line back to the text with the words before it: it marks no sender."""
        before, wrong = self.decode(block.senders[index] or b"")
        draft.texts[index] = before.encode() + draft.texts[index]
        draft.flags[index] += (Flag.MALFORMED,) * wrong

    def _tell_phrase(self, index: int, draft: Draft) -> None:
        if found := mark_of(draft.texts[index].decode()):
            is_system = not draft.senders[index] and found.kind == Kind.MESSAGE
            draft.kinds[index] = Kind.SYSTEM if is_system else found.kind
            draft.flags[index] += found.flags

    def _check_names(self, draft: Draft) -> None:
        """Flag names whose end is uncertain, and senders that the roster does not know."""
        if self._roster_is_whole:
            strangers = {sender for sender in set(draft.senders) if sender and sender not in self._roster}
            for index in compress(count(), map(strangers.__contains__, draft.senders)):
                draft.flags[index] += (Flag.POSSIBLY_FORGED,)
        for one in self._ambiguous:
            for index in compress(count(), map(eq, draft.senders, repeat(one.sender))):
                if draft.texts[index].startswith(one.beginning):
                    draft.flags[index] += (Flag.SENDER_AMBIGUOUS,)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


class _Joined:
    """Texts laid end to end, so that a rare word is sought once through all and not once in each."""

    def __init__(self, texts: list[bytes]) -> None:
        self._whole = b"\n".join((*texts, b""))
        self._ends = list(accumulate(map(add, map(len, texts), repeat(1))))

    def holding(self, needle: bytes) -> Iterator[int]:
        """Return the texts that hold the needle; it may end with the line break after every text."""
        place = self._whole.find(needle)
        while place >= 0:
            index = bisect_right(self._ends, place)
            yield index
            place = self._whole.find(needle, self._ends[index])


def _perhaps_phrases(texts: _Joined, draft: Draft) -> list[int]:
    """Return which messages may hold a phrase of the phone's own; one test a column is quickest."""
    found = {
        *draft.silent,
        *compress(range(len(draft.texts)), map(WHOLE_TEXTS.__contains__, draft.texts)),
        *texts.holding(INVISIBLE_MARK),
    }
    for closer in CLOSERS:
        # A phrase ends its text; an attachment's name the first line of several.
        found.update(texts.holding(closer + b"\n"))
    return sorted(found)


def _perhaps_quoting(bodies: _Joined, breaks: list[int]) -> list[int]:
    """Return which messages may hold what looks like a header, or have further lines."""
    found = set(compress(range(len(breaks)), breaks))
    for end in HEADER_ENDS:
        found.update(bodies.holding(end))
    return sorted(found)
