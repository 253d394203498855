"""Pictures without the camera's data, above all the place of the picture. Pure.

Only the data that draws the picture is kept; all data behind its end is dropped with the rest.
"""

import struct

from desist.refusals import Refused

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
#: chunks of a PNG that draw it
DRAWING = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"IDAT", b"IEND"}
#: segments of a JPEG with data about the picture: APP1 to APP13, APP15 and comments; APP0 and APP14 set colours
TELLING = {*range(0xE1, 0xEE), 0xEF, 0xFE}
START_OF_SCAN, END, APP0 = 0xDA, 0xD9, 0xE0
JFIF = b"JFIF\x00"
#: markers within the drawn data: a stuffed byte and the restarts
WITHIN = {0x00, *range(0xD0, 0xD8)}


def without_metadata(content: bytes) -> bytes:
    """Return the picture without its data; raises Refused where it is broken or cut."""
    try:
        return _png(content) if content.startswith(PNG) else _jpeg(content)
    except (IndexError, struct.error):
        raise _broken() from None


def _broken() -> Refused:
    return Refused("The picture is broken or was cut off on the way. Choose it again.")


def _png(content: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise IndexError(at)
        if kind in DRAWING:
            kept.append(content[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end


def _jpeg(content: bytes) -> bytes:
    kept, at = [content[:2]], 2
    while True:
        if content[at] != 0xFF:
            raise IndexError(at)
        marker = content[at + 1]
        if marker == END:
            kept.append(content[at : at + 2])
            return b"".join(kept)
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise IndexError(at)
        if marker == START_OF_SCAN:
            end = _end_of_scan(content, end)
        if marker == APP0:
            kept.append(_colours(content[at:end]))
        elif marker not in TELLING:
            kept.append(content[at:end])
        at = end


def blanked(content: bytes) -> bytes:
    """A JPEG of equal length whose data segments are blank; raises Refused where it is broken or cut.

    For a picture within another file, whose places must not move.
    """
    try:
        return _blanked(content)
    except (IndexError, struct.error):
        raise _broken() from None


def _blanked(content: bytes) -> bytes:
    kept, at = bytearray(content), 2
    while (marker := content[at + 1]) != END:
        if content[at] != 0xFF:
            raise IndexError(at)
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise IndexError(at)
        if marker in TELLING or (marker == APP0 and content[at + 4 : at + 9] != JFIF):
            kept[at + 4 : end] = bytes(length - 2)
        elif marker == APP0:
            kept[at + 16 : end] = bytes(max(0, end - at - 16))
        at = _end_of_scan(content, end) if marker == START_OF_SCAN else end
    kept[at + 2 :] = bytes(len(content) - at - 2)
    return bytes(kept)


def _colours(segment: bytes) -> bytes:
    """An APP0 segment without its thumbnail, which may show an older form of the picture."""
    if segment[4:9] != JFIF:
        return b""
    plain = segment[4:16] + b"\x00\x00"
    return segment[:2] + struct.pack(">H", len(plain) + 2) + plain


def _end_of_scan(content: bytes, at: int) -> int:
    """The end of the drawn data: at the next marker that is not part of it."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise IndexError(at)
        if content[at + 1] == 0xFF:
            at += 1
        elif content[at + 1] in WITHIN:
            at += 2
        else:
            return at
