"""The halves of characters that Android's backups write where XML wants whole ones, joined on the way to the parser.

The app writes an emoji as `&#55357;&#56846;`, at which every parser stops. The halves are joined in as many bytes as
before, so that every place in the file stays what it was.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

PIECE_BYTES = 1 << 18
HIGH = rb"&#(?:5529[6-9]|55[3-9][0-9]{2}|56[0-2][0-9]{2}|563[01][0-9]|[xX][dD][89abAB][0-9a-fA-F]{2});"
LOW = rb"&#(?:563[2-9][0-9]|56[4-9][0-9]{2}|57[0-2][0-9]{2}|573[0-3][0-9]|5734[0-3]|[xX][dD][c-fC-F][0-9a-fA-F]{2});"
HALVES = re.compile(HIGH + LOW + rb"|" + HIGH + rb"|" + LOW)
#: what may be the first part of a pair and is cut by the end of a piece
CUT = re.compile(rb"(?:" + HIGH + rb")?(?:&[#xX0-9a-fA-F]{0,8})?\Z")
LONGEST_CUT = 24


class Repair(NamedTuple):
    """Where a pair of halves, or one half alone, stood."""

    place: int
    alone: bool


def repaired(read_piece: Callable[[int], bytes], repairs: "deque[Repair]") -> Iterator[tuple[bytes, bool]]:
    """The file in pieces, with halves of characters joined; the last piece is marked, and each repair noted."""
    place, kept = 0, b""
    while True:
        fresh = read_piece(PIECE_BYTES)
        piece, kept = kept + fresh, b""
        if fresh:
            cut = CUT.search(piece, max(len(piece) - LONGEST_CUT, 0))
            # The pattern matches nothing at all as well, so that there is always a place.
            place_of_cut = cut.start() if cut else len(piece)
            piece, kept = piece[:place_of_cut], piece[place_of_cut:]
        yield _join_halves(piece, place, repairs), not fresh
        place += len(piece)
        if not fresh:
            return


def _join_halves(piece: bytes, place: int, repairs: "deque[Repair]") -> bytes:
    def joined(found: "re.Match[bytes]") -> bytes:
        codes = [_code(half) for half in found[0].removesuffix(b";").split(b";")]
        paired = len(codes) == 2
        repairs.append(Repair(place + found.start(), not paired))
        if paired:
            code = 0x10000 + (codes[0] - 0xD800) * 0x400 + codes[1] - 0xDC00
            return b"&#%0*d;" % (len(found[0]) - 3, code)
        return b"&#65533;"

    return HALVES.sub(joined, piece) if b"&#" in piece else piece


def _code(half: bytes) -> int:
    digits = half.removeprefix(b"&#")
    return int(digits[1:], 16) if digits[:1] in b"xX" else int(digits)
