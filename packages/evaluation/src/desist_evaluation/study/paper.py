"""A page of a study as PDF for readers who see or hear it (PDF/UA-1): what the page says, set by typst.

The layout reads its words as data: no text of a study becomes part of the layout's own source.
"""

import json
import re
from html import escape
from html.parser import HTMLParser
from importlib.resources import as_file, files
from typing import Any

#: the pieces of a page that are set one after the other
HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
TEXTS = {"p": "paragraph", "li": "item", "dt": "name", "dd": "fact", "figcaption": "paragraph"}
#: a rule of the page's style for its drawings, which must stand in the drawing itself here
RULE = re.compile(r"^\.(?:middle|end|grid|axis|none|mark|line|band)[-\d]* \{.*\}$", re.MULTILINE)
LETTERING = "text { font-family: sans-serif; font-size: 14px; fill: #0b0c0c; }"


class NotMadeError(ValueError):
    """The PDF could not be made; the sentence says why, and the page holds everything."""


def as_pdf(page: str) -> bytes:
    """Return a page of a study as PDF. Raises `NotMadeError` where typst is not installed or cannot draw a character."""
    try:
        import typst  # noqa: PLC0415  20 MB, and an extra that need not be installed
    except ImportError:
        raise NotMadeError(
            "typst is not installed; install desist-evaluation[pdf] and run this again"
        ) from None
    reader = _Page()
    reader.feed(page)
    data = json.dumps({"title": reader.title, "pieces": reader.pieces}, ensure_ascii=False)
    try:
        with as_file(files("desist_evaluation.study").joinpath("templates", "paper.typ")) as layout:
            made: bytes = typst.compile(
                str(layout),
                root=str(layout.parent),
                format="pdf",
                sys_inputs={"data": data},
                pdf_standards="ua-1",
            )
    except (typst.TypstError, RuntimeError, OSError) as error:
        raise NotMadeError(
            f"it could not be set ({str(error).splitlines()[0]}); the page beside it holds everything"
        ) from None
    return bytes(made)


class _Page(HTMLParser):
    """The pieces of a page in order: headings, texts, tables, drawings with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.pieces: list[dict[str, Any]] = []
        self._rules = ""
        self._inside: list[str] = []
        self._text: list[str] = []
        self._linked: list[str] = []
        self._drawing: list[str] = []
        self._row: list[str] = []
        self._figures: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a piece, or take a part of a drawing as it stands."""
        if tag == "svg" or self._drawing:
            drawn = self.get_starttag_text() or ""
            self._drawing.append(drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))
            return
        self._inside.append(tag)
        if tag == "table":
            self.pieces.append({"kind": "table", "rows": [], "figures": self._figures})
        if tag == "th" and ("class", "figure") in attrs:
            self._figures.append(len(self._row))
        if tag in HEADINGS or tag in TEXTS or tag in {"title", "style", "th", "td"}:
            self._text, self._linked = [], []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  the library calls it so
        """Take a shape of a drawing as it stands."""
        if self._drawing:
            self._drawing.append(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        """Take words, in a drawing or in a piece."""
        if self._drawing:
            self._drawing.append(escape(data))
            return
        self._text.append(data)
        if "a" in self._inside:
            self._linked.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End a drawing, or a piece with the words that it holds."""
        if self._drawing:
            self._drawing.append(f"</{tag}>")
            if tag == "svg":
                self._draw()
            return
        while self._inside and self._inside.pop() != tag:
            pass
        words = " ".join("".join(self._text).split())
        if tag in TEXTS:
            self._told(TEXTS[tag], words)
        elif tag in HEADINGS:
            self.pieces.append({"kind": "heading", "level": HEADINGS[tag], "text": words})
        elif tag in {"title", "style"}:
            self._about(tag, words)
        else:
            self._tabled(tag, words)

    def _about(self, tag: str, words: str) -> None:
        """Keep the page's title, and the rules of its style that its drawings need."""
        if tag == "title":
            self.title = words
        else:
            self._rules = " ".join(RULE.findall("".join(self._text)))

    def _tabled(self, tag: str, words: str) -> None:
        """Keep a cell, a row or the end of a table; other elements say nothing of their own."""
        if tag in {"th", "td"}:
            self._row.append(words)
        elif tag == "tr":
            self.pieces[-1]["rows"].append(self._row)
            self._row = []
        elif tag == "table":
            self._figures = []

    def _told(self, kind: str, words: str) -> None:
        """Keep a text; one that is nothing but a link leads to a file beside the page."""
        if not words or "".join(self._linked).split() == words.split():
            return
        before = self.pieces[-1] if self.pieces else {}
        if kind == "name":
            self.pieces.append({"kind": "fact", "name": words, "text": ""})
        elif kind == "fact" or (kind == "item" and before.get("kind") == "key"):
            before["text"] = words
        else:
            self.pieces.append({"kind": kind, "text": words})

    def _draw(self) -> None:
        drawing = "".join(self._drawing)
        self._drawing = []
        style = f"<style>{LETTERING} {self._rules}</style>"
        named = re.search(r"<title[^>]*>([^<]*)</title>", drawing)
        kind = "drawing" if named else "key"
        drawn = drawing.replace(">", f">{style}", 1)
        self.pieces.append({"kind": kind, "svg": drawn, "text": named[1] if named else "key"})
