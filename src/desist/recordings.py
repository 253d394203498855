"""Sound and video, known by their first bytes: a name or an ending proves nothing. Pure."""

import re

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
