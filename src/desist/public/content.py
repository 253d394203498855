"""The pages an editor writes: Markdown files, each with a few fields between two lines of three dashes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desist.public.fields import Fields, read
from desist.public.numbers import untraced
from desist.public.problems import Found

#: Words that a browser's tab, history and bookmarks must not show to a person looking over a shoulder.
TELLING = re.compile(
    r"stalk|victim|abus|harass|perpetrat|offend|police|crim|domestic|violen|surviv|safety plan|"
    r"stelc|dioddef|cam-?drin|aflonydd|heddlu|trosedd|trais|goroes",
    re.IGNORECASE,
)
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: what stands beside a page, by its menu: who helps people who are stalked, who helps people to stop, how to refer
BESIDE = {
    "help": "support",
    "safety": "support",
    "easy": "support",
    "facts": "support",
    "work": "work",
    "none": "none",
}
MENUS = tuple(BESIDE)
#: the pages for the public, each of which has an easy read
PLAIN = ("help", "safety")


@dataclass(frozen=True)
class Page:
    """One page as written, in one language: `name` is its address, `tab` the words of the browser's tab.

    It is found by its title, by the subjects of its `index`, which the A to Z lists, and by what people ask (`asks`).
    `easy_read` names the page that says the same in short sentences with drawings.
    """

    name: str
    language: str
    path: Path
    title: str
    tab: str
    summary: str
    menu: str
    order: int
    sources: tuple[str, ...]
    index: tuple[str, ...]
    asks: tuple[str, ...]
    beside: str
    drawing: str
    easy_read: str
    text: str
    first_line: int


def read_pages(folder: Path, *, language: str, found: Found) -> dict[str, Page]:
    """Every page of a folder by name; an absent folder has none."""
    pages = {}
    for path in sorted(folder.glob("*.md")):
        page = read_page(path, language=language, found=found)
        if not NAME.fullmatch(page.name) or TELLING.search(page.name):
            found.error(
                path,
                1,
                "is a file name that shows in the address bar: use small letters, digits and hyphens, "
                "and no word that gives the subject away",
            )
        pages[page.name] = page
    return pages


def read_page(path: Path, *, language: str, found: Found) -> Page:
    """One page; the missing fields are remembered as mistakes."""
    text = readable(path, found=found)
    head, body, first_line = part(text, path=path, found=found)
    fields = read(head, path=path, found=found)
    menu = fields.choice("menu", MENUS, default="none")
    page = Page(
        name=path.stem,
        language=language,
        path=path,
        title=traced(fields, "title"),
        tab=neutral(fields, "tab"),
        summary=traced(fields, "summary"),
        menu=menu,
        beside=fields.choice("beside", (*dict.fromkeys(BESIDE.values()), "behaviour"), default=BESIDE[menu]),
        drawing=fields.optional("drawing"),
        easy_read=fields.optional("easy_read"),
        order=fields.whole("order") or 50,
        sources=tuple(fields.texts("sources")),
        index=tuple(fields.texts("index")),
        asks=tuple(fields.texts("asks")),
        text=body,
        first_line=first_line,
    )
    fields.nothing_else()
    if not body.strip():
        found.error(path, first_line, "has no text below its fields")
    return page


def neutral(fields: Fields, name: str) -> str:
    """A tab's words, which must not give the subject away."""
    words = fields.text(name)
    telling = TELLING.search(words)
    if telling:
        fields.wrong(
            name,
            f"says {telling[0]!r}: it is what the browser's tab and history show to someone looking over a "
            "shoulder, so choose words that give nothing away",
        )
    return words


def traced(fields: Fields, name: str) -> str:
    """A field's words, which may hold no number: there is no row to name beside them."""
    words = fields.text(name)
    if untraced(words):
        fields.wrong(
            name, f"says {untraced(words)!r}: a number needs a source, so write it in the page itself"
        )
    return words


def readable(path: Path, *, found: Found) -> str:
    """A file's text; one that is not UTF-8 is a mistake."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found.error(path, line, "has a character that is not UTF-8: save the file as UTF-8")
        return ""


def part(text: str, *, path: Path, found: Found) -> tuple[str, str, int]:
    """(fields, body, the body's first line); the fields keep their line numbers."""
    lines = text.splitlines(keepends=True)
    ends = list(dashes(lines))
    if len(ends) < 2 or ends[0] != 0:
        found.error(
            path, 1, "should begin with a line of three dashes, its fields, and a second line of three dashes"
        )
        return "", text, 1
    end = ends[1]
    return "\n" + "".join(lines[1:end]), "".join(lines[end + 1 :]), end + 2


def dashes(lines: list[str]) -> Iterator[int]:
    """The positions of lines of three dashes."""
    return (number for number, line in enumerate(lines) if line.rstrip() == "---")
