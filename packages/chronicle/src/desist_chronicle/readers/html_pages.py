"""Web pages as a tree, and the words in a piece of one, for the readers of pages."""

from typing import TypeAlias, cast

import lxml.etree
import lxml.html

from desist_chronicle.ledger import Ledger
from desist_chronicle.limits import MAXIMUM_RECORD_BYTES
from desist_chronicle.sources import Source

MOST_BYTES = 8 * MAXIMUM_RECORD_BYTES
Element: TypeAlias = lxml.html.HtmlElement


def is_page(head: bytes) -> bool:
    """Whether it begins as a web page."""
    return b"<html" in head[:2048].lower()


def bytes_of(source: Source, ledger: Ledger) -> bytes:
    """The bytes of a page; one that is too long, or has no end, is told."""
    with source.open(ledger) as stream:
        data = b"".join(iter(lambda: stream.read() if stream.size < MOST_BYTES else b"", b""))
    if len(data) < source.size:
        ledger.stop(f"Reading stopped at byte {len(data):,}: the page is longer than can be held at once.")
    elif not data.rstrip().lower().endswith(b"</html>"):
        ledger.stop(f"{source.name} is cut short: the page has no end. What came before is kept.")
    return data


def tree_of(data: bytes, ledger: Ledger) -> Element:
    """The page as a tree, read as UTF-8 whatever it says of itself."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    return cast("Element", lxml.html.document_fromstring(_readable(data, ledger), parser=parser))


def _readable(data: bytes, ledger: Ledger) -> bytes:
    """The page in UTF-8 without a byte at which the parser would stop or change its encoding."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        ledger.stop(f"The page is damaged at byte {error.start:,}. What is no text there is shown as \ufffd.")
    if "\x00" in text:
        ledger.stop(
            f"The page is damaged at byte {data.index(0):,}. What is no text there is shown as \ufffd."
        )
    return text.replace("\x00", "\ufffd").encode()


def classes(piece: Element) -> list[str]:
    """The classes of an element."""
    return str(piece.get("class", "")).split()


def content(piece: Element) -> str:
    """All words in a piece, with line breaks as such."""
    parts = []
    for step, one in lxml.etree.iterwalk(piece, events=("start", "end", "comment")):
        if step == "start":
            parts.append("\n" if one.tag == "br" else one.text or "")
        elif one is not piece:
            parts.append(one.tail or "")
    return "".join(parts)


def flat(piece: Element | None) -> str:
    """All words in a piece on one line; "" where there is no piece."""
    return "" if piece is None else " ".join(content(piece).split())


def first(piece: Element, name: str) -> Element | None:
    """The first element of this class in a piece; None where it has none."""
    return next(iter(piece.find_class(name)), None)
