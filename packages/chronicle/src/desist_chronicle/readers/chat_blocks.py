"""A chat's bytes in blocks of whole messages, each split at its headers by one regular expression."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from desist_chronicle.limits import MAXIMUM_RECORD_BYTES
from desist_chronicle.readers.encodings import Encoding
from desist_chronicle.sources import Stream

#: small enough for the processor's cache, large enough that the loop around it costs nothing
BLOCK_BYTES = 1 << 16
TAIL_BYTES = 1 << 12


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a chat in UTF-8, split: one entry of each list a header, in order.

    `preamble` is what stands before the first header. A line break follows the block if `broken`; `following` is the
    date and clock of the header after that line break.
    """

    raw: bytes
    preamble: bytes
    heads: list[bytes]
    found: list[bytes]
    dates: list[bytes]
    clocks: list[bytes]
    senders: list[bytes | None]
    bodies: list[bytes]
    broken: bool
    following: tuple[bytes, bytes] | None


def blocks(*, stream: Stream, encoding: Encoding, pattern: re.Pattern[bytes]) -> Iterator[Block]:
    """Read a chat to its end. A header never straddles two blocks."""
    decode = encoding.decoder()
    # Every block begins with the line break before its first line; the first line has none, so it is lent one.
    buffer = b"\n"
    while piece := stream.read(BLOCK_BYTES):
        buffer += decode(piece)
        cut, broken = _cut(buffer, pattern)
        if cut:
            header = pattern.match(buffer, cut) if broken else None
            following = (header[3], header[4]) if header else None
            yield _split(buffer[:cut], pattern, broken=broken, following=following)
            buffer = buffer[cut:] if broken else b"\n" + buffer[cut:]
    yield _split(buffer, pattern, broken=False, following=None)


def _cut(buffer: bytes, pattern: re.Pattern[bytes]) -> tuple[int, bool]:
    """Return where the last header begins; a message beyond all measure is cut at a line or character instead."""
    reach = TAIL_BYTES
    while True:
        start = max(len(buffer) - reach, 1)
        last = max((found.start() for found in pattern.finditer(buffer, start)), default=0)
        if last or start == 1:
            break
        reach *= 8
    if last or len(buffer) < MAXIMUM_RECORD_BYTES:
        return last, True
    line = buffer.rfind(b"\n", 1)
    if line > 0:
        return line, True
    cut = len(buffer) - 1
    lowest = cut - TAIL_BYTES
    # Not inside a character, and not where the rest would look like a header of its own.
    while cut > lowest and (buffer[cut] & 0xC0 == 0x80 or pattern.match(b"\n" + buffer[cut:])):
        cut -= 1
    return cut, False


def _split(
    block: bytes, pattern: re.Pattern[bytes], *, broken: bool, following: tuple[bytes, bytes] | None
) -> Block:
    parts = pattern.split(block)
    return Block(
        raw=block,
        preamble=parts[0],
        heads=parts[1::6],
        found=parts[2::6],
        dates=parts[3::6],
        clocks=parts[4::6],
        senders=parts[5::6],
        bodies=parts[6::6],
        broken=broken,
        following=following,
    )


def joined(first: Block, second: Block) -> Block:
    """Two blocks of which the second begins with a header, as one."""
    return Block(
        raw=first.raw + second.raw,
        preamble=first.preamble,
        heads=first.heads + second.heads,
        found=first.found + second.found,
        dates=first.dates + second.dates,
        clocks=first.clocks + second.clocks,
        senders=first.senders + second.senders,
        bodies=first.bodies + second.bodies,
        broken=second.broken,
        following=second.following,
    )


def without(block: Block, lines: set[int]) -> Block:
    """The block with the headers at these positions, none of them the first, as words of the message before them."""
    kept = [index for index in range(len(block.heads)) if index not in lines]
    ends = [*kept[1:], len(block.heads)]
    return replace(
        block,
        heads=[block.heads[index] for index in kept],
        found=[block.found[index] for index in kept],
        dates=[block.dates[index] for index in kept],
        clocks=[block.clocks[index] for index in kept],
        senders=[block.senders[index] for index in kept],
        bodies=[
            block.bodies[start]
            + b"".join(
                head + body
                for head, body in zip(
                    block.heads[start + 1 : end], block.bodies[start + 1 : end], strict=True
                )
            )
            for start, end in zip(kept, ends, strict=True)
        ],
    )
