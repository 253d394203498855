"""A PDF that only shows: no script, nothing embedded, nothing started, nothing locked. Pure."""

import io
import logging
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from desist.referral.refusals import Refused

#: keys and kinds of a PDF that do more than show -> what they are
ACTIVE = {
    "/JavaScript": "a script",
    "/JS": "a script",
    "/EmbeddedFile": "another file",
    "/EmbeddedFiles": "another file",
    "/FileAttachment": "another file",
    "/Launch": "a command that starts a program",
    "/SubmitForm": "a form that sends itself",
    "/ImportData": "a form that reads files",
    "/GoToR": "a link to another file",
    "/GoToE": "a link to an embedded file",
    "/RichMedia": "moving pictures",
    "/XFA": "a form that runs",
    "/AA": "an action that runs by itself",
}
MOST_OBJECTS = 50_000
# It tells of every oddity in a file, and its words could be a person's.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def examined(content: bytes) -> str:
    """The words of the first page; raises Refused where the file does more than show, or cannot be looked through."""
    try:
        return _looked_through(PdfReader(io.BytesIO(content), strict=False))
    except Refused:
        raise
    except Exception:  # noqa: BLE001 -- whatever a broken or hostile file provokes in the reader
        raise Refused(
            "This PDF is broken or was cut off on the way. Choose it again, or print it to a new PDF."
        ) from None


def _looked_through(reader: PdfReader) -> str:
    if reader.is_encrypted:
        raise Refused("This PDF is locked with a password, so it cannot be looked through. Save it without.")
    for found in _active(reader.trailer):
        raise Refused(f"This PDF holds {found}. Print it to a new PDF and attach that.")
    return reader.pages[0].extract_text()


def _active(start: DictionaryObject) -> Iterator[str]:
    """What in the objects that the file leads to does more than show."""
    waiting: list[object] = [start]
    seen: set[tuple[int, int]] = set()
    looked = 0
    while waiting:
        looked += 1
        if looked > MOST_OBJECTS:
            raise Refused(
                "This PDF has too many parts to look through. Print it to a new PDF and attach that."
            )
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            place = (one.idnum, one.generation)
            if place not in seen:
                seen.add(place)
                waiting.append(one.get_object())
        elif isinstance(one, DictionaryObject):
            yield from (ACTIVE[key] for key in one if key in ACTIVE)
            yield from (
                ACTIVE[str(value)] for value in one.values() if isinstance(value, str) and value in ACTIVE
            )
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(one)
