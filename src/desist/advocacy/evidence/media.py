"""Pictures, sound and video that a browser can show, known by their first bytes: a name or an ending proves nothing."""

import re

from desist.referral.pictures import JPEG, PNG

#: the first bytes -> media type, the first that fits; a photograph in the same container is none
_TYPES = tuple(
    (re.compile(begins, re.DOTALL), kind)
    for begins, kind in (
        (rb".{4}ftypM4[AB]", "audio/mp4"),
        (rb".{4}ftyp(?!heic|heix|mif1|avif)", "video/mp4"),
        (rb"\x1aE\xdf\xa3", "video/webm"),
        (rb"OggS", "audio/ogg"),
        (rb"RIFF.{4}WAVE", "audio/wav"),
        (rb"fLaC", "audio/flac"),
        (rb"\xff[\xf1\xf9]", "audio/aac"),
        (rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", "audio/mpeg"),
    )
)


def kind_of(head: bytes) -> str:
    """The media type of a file that begins with these bytes; "" where no browser plays it."""
    return next((kind for begins, kind in _TYPES if begins.match(head)), "")


def picture_of(head: bytes) -> str:
    """The media type of a picture that begins with these bytes; "" for one that cannot be shown without its data, or for none."""
    return "image/png" if head.startswith(PNG) else "image/jpeg" if head.startswith(JPEG) else ""


def span(asked: str, size: int) -> tuple[int, int] | None:
    """The first byte and the byte after the last one of a header `Range`, within a file; None where it has no such bytes.

    A player asks for one stretch, or for the last bytes; without a header it asks for all.
    """
    said = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", asked or "bytes=0-")
    if said is None or said.groups() == ("", ""):
        return None
    first, last = said.groups()
    begin = int(first) if first else max(size - int(last), 0)
    until = min(int(last) + 1, size) if first and last else size
    return (begin, until) if begin < until else None
