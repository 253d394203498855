"""Pictures that a page can show, and the stretch of a recording that a player asks for."""

import re

from desist.referral.pictures import JPEG, PNG


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
