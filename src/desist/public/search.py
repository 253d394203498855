"""The search's index: every page with the words it is found by, fetched by the page and searched inside it."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from desist.public.content import Page
from desist.public.languages import ENGLISH
from desist.public.markdown import Section
from desist.public.problems import Found
from desist.public.rows import read_rows

WORD = re.compile(r"[^\W\d_]{3,}")
FILE = "words.csv"
COLUMNS = ("language", "kind", "words")
#: `small` words say nothing of the subject; the words of a `same` line mean the same to a reader
KINDS = ("small", "same")

Entry = dict[str, object]


def read_words(folders: Iterable[Path], *, language: str, found: Found) -> dict[str, list[list[str]]]:
    """A language's lines of words.csv by their kind, and the English ones: pages without a twin are in English."""
    lines: dict[str, list[list[str]]] = {kind: [] for kind in KINDS}
    for path in (folder / FILE for folder in folders):
        for row in read_rows(path, columns=COLUMNS, found=found):
            if row.get("kind") not in KINDS:
                found.error(
                    path,
                    row.line,
                    f"`kind` is {row.get('kind')!r}: write `same` for words that mean the same, `small` for words to pass over",
                )
            elif row.get("language") in {ENGLISH, language}:
                lines[row.get("kind")].append(row.get("words").split())
    return lines


def entry(page: Page, *, address: str, sections: Iterable[Section]) -> Entry:
    """One page with the words of each of its parts, once each."""
    return {
        "address": address,
        "title": page.title,
        "summary": page.summary,
        "index": page.index,
        "asks": page.asks,
        "sections": [
            (
                part.anchor,
                part.heading,
                " ".join(sorted({word.casefold() for word in WORD.findall(part.words)})),
            )
            for part in sections
        ],
    }


def index(pages: Sequence[Entry], words: Mapping[str, list[list[str]]]) -> bytes:
    """The index as the page fetches it."""
    content = {
        "small": [word for line in words["small"] for word in line],
        "same": words["same"],
        "pages": pages,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def a_to_z(pages: Iterable[tuple[Page, str]]) -> list[tuple[str, list[tuple[str, str, Page]]]]:
    """(letter, its lines as (words, address, page)): every page under its title and the subjects of its `index`."""
    lines = sorted(
        (
            (words, address, page)
            for page, address in pages
            for words in dict.fromkeys([page.title, *page.index])
        ),
        key=lambda line: line[0].casefold(),
    )
    letters: dict[str, list[tuple[str, str, Page]]] = {}
    for line in lines:
        letters.setdefault(line[0][:1].upper(), []).append(line)
    return list(letters.items())
