"""Payloads about an exhibit that follows a report: see post/payloads.py. The police ask for its pieces, a few at a time."""

import base64
import binascii
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from desist.post.payload import Coded, Named, Payload, Words

#: characters of one part of a piece in its envelope: no text in an envelope may be longer than 20,000
PART = 16_384
#: the most bytes of a piece: six are 4 MB, and each fits an envelope of 1 MB, which is padded to a power of two
PIECE = 699_051
#: the most bytes of the whole, and the most pieces
MOST_BYTES, MOST_PIECES = 2 * 1024 * 1024 * 1024, 4096
#: pieces that the police ask for at once, so that other post waits for few; in a carried file more, since a round takes days
AT_ONCE, MOST_AT_ONCE = 8, 128


class ExhibitOutcome(StrEnum):
    """What the police say of an exhibit."""

    MISSING = "missing"  # these pieces are not here: send them
    WHOLE = "whole"  # every piece is here, and the hash of the whole is the one that was sent
    DIFFERS = "differs"  # every piece is here, and the hash of the whole is another one
    TOO_LARGE = "too_large"  # it is not taken in


@dataclass(frozen=True)
class EvidenceExhibit(Payload):
    """An exhibit is offered with a report, both named by tokens that only these two sites use; its pieces follow.

    `digest` is the SHA-256 of the whole, `size` its bytes, `pieces` their number; `formats` are codes of what is inside.
    """

    KIND: ClassVar[str] = "evidence-exhibit"

    report: Coded
    exhibit: Coded
    number: Named
    caption: Words
    digest: Coded
    size: int
    pieces: int
    formats: tuple[Coded, ...]
    sent_at: dt.datetime


@dataclass(frozen=True)
class ExhibitPiece(Payload):
    """One piece of an exhibit: its place from 0, its SHA-256, and its content in base64, in parts.

    A piece may come twice, late and in any order.
    """

    KIND: ClassVar[str] = "exhibit-piece"
    APART: ClassVar[frozenset[str]] = frozenset({"content"})

    exhibit: Coded
    place: int
    digest: Coded
    content: tuple[Coded, ...]


@dataclass(frozen=True)
class ExhibitReceipt(Payload):
    """What the police have of an exhibit: how many pieces, an outcome, and the places that they ask for."""

    KIND: ClassVar[str] = "exhibit-receipt"

    exhibit: Coded
    outcome: Coded
    here: int
    places: tuple[Coded, ...]
    told_at: dt.datetime


@dataclass(frozen=True)
class ExhibitRecall(Payload):
    """The sender takes an exhibit back; `reason` is coded. The recall may overtake the exhibit and its pieces."""

    KIND: ClassVar[str] = "exhibit-recall"

    report: Coded
    exhibit: Coded
    reason: Coded
    recalled_at: dt.datetime


@dataclass(frozen=True)
class ExhibitRecalled(Payload):
    """The police deleted a recalled exhibit; with the number of copies that were saved of it before."""

    KIND: ClassVar[str] = "exhibit-recalled"

    exhibit: Coded
    saved: int
    stopped_at: dt.datetime


def in_parts(content: bytes) -> tuple[str, ...]:
    """A piece as it stands in its envelope."""
    written = base64.b64encode(content).decode()
    return tuple(written[start : start + PART] for start in range(0, len(written), PART))


def joined(parts: tuple[str, ...]) -> bytes | None:
    """A piece from its envelope; None where it is broken."""
    try:
        return base64.b64decode("".join(parts), validate=True)
    except binascii.Error:
        return None
