"""A PDF that only shows pages, rewritten without traces of its maker, and every word of it. Pure.

The PDF holds no script, embedded file, started program or lock. Only objects that the pages lead to are written anew,
so that earlier versions, properties and hidden parts are gone. The words come from the pages with every layer, their
notes and fields, links, bookmarks and the texts that describe a picture.
"""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from desist.referral import pictures
from desist.referral.passages import Passage, Read
from desist.refusals import Refused

#: keys and kinds of a PDF that do more than show -> their name in words
ACTIVE = {
    "/JavaScript": "a script",
    "/JS": "a script",
    "/EmbeddedFile": "another file",
    "/EmbeddedFiles": "another file",
    "/FileAttachment": "another file",
    "/Collection": "other files",
    "/Launch": "a command that starts a program",
    "/SubmitForm": "a form that sends itself",
    "/ImportData": "a form that reads files",
    "/GoToR": "a link to another file",
    "/GoToE": "a link to an embedded file",
    "/RichMedia": "moving pictures",
    "/Movie": "moving pictures",
    "/Rendition": "moving pictures",
    "/Sound": "a sound",
    "/3D": "a model",
    "/XFA": "a form that runs",
    "/AA": "an action that runs by itself",
    "/JPXDecode": "a picture of a kind that cannot be looked through",
    "/Crypt": "a locked part",
}
#: entries that reveal the maker or earlier forms, and are not shown
TELLING = ("/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/SpiderInfo")
#: names of glyphs that say only their number
NUMBERED = re.compile(r"/(?:g|G|c|C|a|cid|glyph|index|uni)?[0-9]+")
MOST_OBJECTS = 50_000
MOST_PAGES = 300
# The library logs every oddity of a file, and its words could be a person's.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read(content: bytes) -> Read:
    """The rewritten PDF, and its words; raises Refused where it does more than show, or cannot be checked."""
    try:
        # The first writing leaves an empty place where the properties stood; the second one changes no more bytes.
        return _read(_rewritten(_rewritten(content)))
    except Refused:
        raise
    except Exception:  # noqa: BLE001 -- a broken or hostile file may raise any error in the reader
        raise Refused(
            "This PDF is broken or was cut off on the way. Choose it again, or print it to a new PDF."
        ) from None


def _rewritten(content: bytes) -> bytes:
    reader = _opened(content)
    reader.trailer.pop("/ID", None)
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    photographs = []
    for one in _objects(writer.root_object):
        if isinstance(one, DictionaryObject):
            for key in TELLING:
                one.pop(key, None)
        if isinstance(one, StreamObject) and _filters(one) == ["/DCTDecode"]:
            photographs.append(one.get_data())
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    stream = io.BytesIO()
    writer.write(stream)
    kept = stream.getvalue()
    for photograph in photographs:
        kept = kept.replace(photograph, pictures.blanked(photograph))
    return kept


def _opened(content: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise Refused("This PDF is locked with a password, so it cannot be looked through. Save it without.")
    if len(reader.pages) > MOST_PAGES:
        raise Refused(
            f"This PDF has more than {MOST_PAGES} pages. Split it, and attach the parts that are needed."
        )
    for one in _objects(reader.trailer):
        if isinstance(one, DictionaryObject) and (found := _active(one)):
            raise Refused(f"This PDF holds {found}. Print it to a new PDF and attach that.")
    return reader


def _read(kept: bytes) -> Read:
    """The words of the rewritten file, as its receiver reads it."""
    reader = _opened(kept)
    if reader.metadata or reader.xmp_metadata:
        raise Refused("The properties of this PDF cannot be removed. Print it to a new PDF and attach that.")
    passages, unread = [], []
    for place, page in enumerate(reader.pages, start=1):
        words, contents = page.extract_text(), page.get_contents()
        passages.append(Passage(f"on page {place}", words))
        # Also as one line: an address may go over the end of a line, and a number may be drawn in pieces.
        passages.append(Passage(f"on page {place}", " ".join(words.split()), shown=False))
        if not words.strip() and contents is not None:
            unread.append(f"page {place}, which has no words that can be read")
        passages.extend(Passage(f"on page {place}", said, shown=False) for said in _marked(contents))
        unread.extend(_inline(contents))
    for one in _objects(reader.trailer):
        passages.extend(_strings(one))
        passages.extend(_drawn(one, reader.pages[0]))
        unread.extend(_unread(one))
    return Read(kept, tuple(passages), tuple(dict.fromkeys(unread)))


def _objects(start: DictionaryObject) -> Iterator[Any]:
    """Every object that a file leads to, each once."""
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
            yield one
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            yield one
            waiting.extend(one)


def _active(one: DictionaryObject) -> str:
    """The actions of a dictionary beside showing."""
    values = [value for value in one.values() if isinstance(value, str)]
    return next((ACTIVE[word] for word in (*one, *values, *_filters(one)) if word in ACTIVE), "")


def _filters(one: DictionaryObject) -> list[str]:
    found = one.get("/Filter", [])
    return [str(each) for each in found] if isinstance(found, list) else [str(found)]


def _strings(one: object) -> Iterator[Passage]:
    """The words of one object: of a note, a field, a link, a bookmark, a layer."""
    if isinstance(one, ArrayObject):
        values = [] if one and one[0] in ("/Indexed", "/I") else list(one)
    else:
        assert isinstance(one, DictionaryObject)  # noqa: S101 -- the only other kind
        values = [one.raw_get(key) for key in one]
    for value in values:
        if isinstance(value, TextStringObject):
            yield Passage("in a note, a field or a link", str(value), shown=False)
        elif isinstance(value, ByteStringObject):
            yield Passage("in a note, a field or a link", value.decode("latin-1"), shown=False)


def _drawn(one: object, page: PageObject) -> Iterator[Passage]:
    """The words drawn outside the flow of a page: a stamp, a pattern, the look of a field."""
    if _is_drawn(one):
        yield Passage("in a stamp or a field", page.extract_xform_text(one), shown=False)  # type: ignore[arg-type]  # encoded or not
        yield from (
            Passage("in a stamp or a field", said, shown=False) for said in _marked(ContentStream(one, None))
        )


def _is_drawn(one: object) -> bool:
    return isinstance(one, StreamObject) and (one.get("/Subtype") == "/Form" or "/PatternType" in one)


def _inline(contents: ContentStream | None) -> Iterator[str]:
    """Pictures that a content draws without a part of their own: BI, ID and EI, which the reader calls so."""
    for _, operator in contents.operations if contents is not None else ():
        if operator == b"INLINE IMAGE":
            yield "a picture"


def _marked(contents: ContentStream | None) -> Iterator[str]:
    """The words that a content gives for its drawing."""
    for operands, _ in contents.operations if contents is not None else ():
        for operand in operands if isinstance(operands, list) else ():
            if isinstance(operand, DictionaryObject):
                yield from (str(value) for value in operand.values() if isinstance(value, TextStringObject))


def _unread(one: object) -> Iterator[str]:
    """The shown part of an object that no reader of words can read."""
    if not isinstance(one, DictionaryObject):
        return
    if one.get("/Subtype") == "/Image":
        yield "a picture"
    if _is_drawn(one):
        yield from _inline(ContentStream(one, None))
    if one.get("/Type") == "/Font" and "/ToUnicode" not in one:
        encoding = one.get("/Encoding")
        names = encoding.get("/Differences", []) if isinstance(encoding, DictionaryObject) else []
        if one.get("/Subtype") in {"/Type0", "/Type3"} or any(
            NUMBERED.fullmatch(str(each)) for each in names if isinstance(each, str)
        ):
            yield "letters that cannot be read"
