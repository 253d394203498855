"""The words of Word and Excel files, wherever they stand, and their hidden parts. Pure.

The words come from texts, headers, comments, footnotes, names, links and every attribute that could be words; a passage
with tracked changes is read twice, before and after them, and a row of a table once more as a whole.
"""

import posixpath
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, TypeAlias

from lxml import etree

from desist.referral.passages import Passage, number
from desist.refusals import Refused

#: elements whose words belong together
BLOCKS = {"p", "si", "is", "text"}
PIECES = {"t", "v", "f"}
#: elements that stand for a space between words
SPACES = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": ""}
CHANGES = {"del": "out", "moveFrom": "out", "ins": "in", "moveTo": "in"}
#: fields of Word that fetch or start something
FIELDS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|RD)\b", re.IGNORECASE)
#: attributes that are sizes, colours and identities
PLAIN = re.compile(
    r"[-+]?[0-9.,]+(?:E[-+]?[0-9]+)?(?:pt|px|in|cm|mm|%)?|\{?[0-9A-Fa-f-]+\}?|[A-Za-z]*|\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?"
)
#: as many figures as a telephone number has, in any attribute, and not after the point of a fraction
#: names of the format itself, written like addresses of pages
SCHEMA = re.compile(
    r"http://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.org|www\.w3\.org)(?:/(?:[A-Za-z-]+|[0-9]{4}))*"
)
FIGURES = re.compile(r"(?<![0-9.,])(?!0[.,])(?:[0-9][-.,]?){9,15}(?![0-9])")
#: identities, font kinds and table marks, which are as long and are no telephone numbers
MARKS = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?|[0-9A-Fa-f]{20}|[01]+")
WHERE = (
    ("comments", "in a comment"),
    ("header", "in a header"),
    ("footer", "in a footer"),
    ("footnotes", "in a footnote"),
    ("endnotes", "in an endnote"),
    ("threadedcomments", "in a comment"),
    ("drawing", "in a drawing"),
    ("chart", "in a chart"),
    ("pivot", "in a pivot table"),
    (".rels", "in a link"),
    ("workbook.xml", "in a name of the workbook"),
    ("sharedstrings", "in words that no sheet shows"),
)
HEAD_CODES = re.compile(r"&(?:[A-Z+]|[0-9]{1,3}(?=&)|\"[^\"]*\")")
YES = {"1", "true", "on", ""}

#: an element: lxml has no public name for its class
Markup: TypeAlias = Any
Trees: TypeAlias = dict[str, Markup]


def local(element: Markup) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def passages(trees: Trees) -> Iterator[Passage]:
    """Every passage: of a workbook sheet by sheet first, then the rest."""
    places = sheets(trees)
    strings = _shared(trees.get("xl/sharedStrings.xml"))
    for place, part in enumerate(places, start=1):
        yield from _sheet(trees[part], strings, f"on sheet {place}")
    for name, root in trees.items():
        is_sheet = name in places
        where = f"on sheet {places.index(name) + 1}" if is_sheet else _where(name)
        is_text = name == "word/document.xml"
        yield from (Passage(where, words, shown=is_text) for words in _blocks(root))
        yield from (Passage(where, words, shown=False) for words in chain(_rows(root), _attributes(root)))
        yield Passage("in the name of a part", name, shown=False)


def sheets(trees: Trees) -> list[str]:
    """The parts of the sheets of a workbook, in its order."""
    book, links = trees.get("xl/workbook.xml"), trees.get("xl/_rels/workbook.xml.rels")
    if book is None:
        return []
    targets = {one.get("Id"): one.get("Target", "") for one in links} if links is not None else {}
    found = []
    for sheet in _named(book, "sheet"):
        key = next((value for name, value in sheet.attrib.items() if etree.QName(name).localname == "id"), "")
        target = targets.get(key, "")
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if place in trees:
            found.append(place)
    return found


def hidden(trees: Trees) -> str:
    """The hidden sheets, rows, columns or text, which a reader of the file did not see. "" for none."""
    book = trees.get("xl/workbook.xml")
    for sheet in _named(book, "sheet") if book is not None else ():
        if sheet.get("state", "visible") != "visible":
            return "This workbook has a hidden sheet. Show or delete it, read it, then attach the file again."
    for place, part in enumerate(sheets(trees), start=1):
        if any(_is_hidden(one) for one in trees[part].iter()):
            return f"Sheet {place} has hidden rows or columns. Show or delete them, read them, then attach the file again."
    for name, root in trees.items():
        if name.startswith("word/") and any(_hides_words(run) for run in _named(root, "r")):
            return "This document has hidden text. Show or delete it, read it, then attach the file again."
    return ""


def refuse_fields(trees: Trees) -> None:
    """Raise Refused where a field of Word fetches or starts code, also where its code is cut in pieces."""
    for root in trees.values():
        for paragraph in _named(root, "p"):
            code = "".join(one.text or "" for one in _named(paragraph, "instrText"))
            simple = " ".join(
                one.get(name, "") for one in _named(paragraph, "fldSimple") for name in one.attrib
            )
            if FIELDS.search(f"{code} {simple}"):
                raise Refused("This file has a field that fetches or starts something. Save it as PDF.")
        for stray in _named(root, "instrText"):
            if FIELDS.search(stray.text or ""):
                raise Refused("This file has a field that fetches or starts something. Save it as PDF.")


def _named(root: Markup, name: str) -> Iterator[Markup]:
    yield from root.iter(f"{{*}}{name}", name)


def _is_hidden(element: Markup) -> bool:
    name = local(element)
    if name == "sheetFormatPr":
        return element.get("zeroHeight", "0") in YES
    if name not in {"row", "col"}:
        return False
    size = element.get("ht" if name == "row" else "width")
    return element.get("hidden", "0") in YES or (size is not None and float(size) == 0)


def _hides_words(run: Markup) -> bool:
    words = any((one.text or "").strip() for one in chain(_named(run, "t"), _named(run, "delText")))
    return words and any(
        next((value for name, value in one.attrib.items() if etree.QName(name).localname == "val"), "1")
        in YES
        for one in _named(run, "vanish")
    )


def _where(name: str) -> str:
    plain = name.lower()
    if plain == "word/document.xml":
        return "in the text"
    return next((where for word, where in WHERE if word in plain), "in a part that no page shows")


def _shared(root: Markup | None) -> list[str]:
    """The shared strings of a workbook, by their number."""
    return (
        ["".join(one.text or "" for one in _named(item, "t")) for item in _named(root, "si")]
        if root is not None
        else []
    )


def _sheet(root: Markup, strings: list[str], where: str) -> Iterator[Passage]:
    for row in _named(root, "row"):
        cells = [_cell(one, strings) for one in _named(row, "c")]
        yield from (Passage(where, words) for words, _ in cells if words)
        # A telephone number in two columns, a street beside its number: the row as a whole, figures kept apart.
        whole = "".join(words + (" " if is_text else ", ") for words, is_text in cells if words)
        yield Passage(where, whole, shown=False)


def _cell(cell: Markup, strings: list[str]) -> tuple[str, bool]:
    """The text of a cell, and whether it is text."""
    kind = cell.get("t", "n")
    value = "".join(one.text or "" for one in _named(cell, "v"))
    if kind == "s":
        place = int(value or 0)
        return (strings[place] if place < len(strings) else "", True)
    if kind == "inlineStr":
        return "".join(one.text or "" for one in _named(cell, "t")), True
    return (number(value), False) if kind == "n" else (value, True)


def _blocks(root: Markup) -> Iterator[str]:
    """The words of each block, before and after its tracked changes."""
    found: dict[Markup, list[tuple[str, str]]] = {}
    for element in root.iter():
        if said := _said(element):
            block, change = _belongs(element)
            found.setdefault(block, []).append((said, change))
        if (element.tail or "").strip():
            block, change = _belongs(element.getparent())
            found.setdefault(block, []).append((element.tail or "", change))
    for pieces in found.values():
        before = "".join(said for said, change in pieces if change != "in")
        after = "".join(said for said, change in pieces if change != "out")
        yield from (_plain(words) for words in dict.fromkeys((after, before)) if words.strip())


def _said(element: Markup) -> str:
    """The words of one element, or the space that it stands for."""
    name, text = local(element), element.text or ""
    if name.endswith(("Header", "Footer")):  # of paper: "&L" is on the left, "&12" a size
        return HEAD_CODES.sub(" ", text)
    return SPACES.get(name, "") + text


def _plain(words: str) -> str:
    return number(words.strip()) if re.fullmatch(r"[0-9.]+(?:E[-+]?[0-9]+)?", words.strip()) else words


def _belongs(element: Markup | None) -> tuple[Markup, str]:
    """The block of an element's words, and whether a tracked change inserted or deleted them."""
    assert element is not None  # noqa: S101 -- a tail has a parent
    lines = [element, *element.iterancestors()]
    names = [local(one) for one in lines]
    wide = [one for one, name in zip(lines, names, strict=True) if name in BLOCKS]
    narrow = [one for one, name in zip(lines, names, strict=True) if name in PIECES]
    change = next((CHANGES[name] for name in names if name in CHANGES), "")
    return next(iter((*wide, *narrow, element))), change


def _rows(root: Markup) -> Iterator[str]:
    """Each row of a table of Word as a whole."""
    for row in _named(root, "tr"):
        cells = ("".join(one.text or "" for one in _named(cell, "t")) for cell in _named(row, "tc"))
        yield ", ".join(cells)


def _attributes(root: Markup) -> Iterator[str]:
    """Every attribute that could be words: names, titles, links, prompts, properties."""
    found = {str(value) for element in root.iter() for value in element.attrib.values()}
    yield from sorted(value for value in found if not _is_plain(value))


def _is_plain(value: str) -> bool:
    if SCHEMA.fullmatch(value):
        return True
    if not PLAIN.fullmatch(value):
        return False
    return bool(MARKS.fullmatch(value)) or not FIGURES.search(value)
