"""The search of a finished masked edition: its files are read back from their bytes for what they must not hold."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pikepdf
from pypdf import PdfReader

from desist_chronicle.masking import Mask, is_own, leaks
from desist_chronicle.outputs.own_words import own_words

_TAG = re.compile(r"<[^>]*>")
#: what a page says only to a reader who hears it
_HEARD = re.compile(r'(?:alt|aria-label|title)="([^"]*)"')
#: the same in a PDF, and the titles of its bookmarks
_UNSEEN = ("/Alt", "/ActualText", "/Title")


class LeakError(Exception):
    """A term that was to be masked is still in an output, so nothing was handed over."""


def search(*, folder: Path, mask: Mask) -> None:
    """Search every file of a finished bag for masked terms. Raises LeakError."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(("manifest-", "tagmanifest-")):
            found = leaks(mask=mask, output=readable(path), own=own_words())
            if found:
                raise LeakError(
                    f"The masked edition was not written: {path.name} still holds {', '.join(sorted(set(found)))}. "
                    "If it is the subject's own, name it with --subject. If it is nobody's (a reference, a file's "
                    "name), give it to --mask together with the words around it, exactly as they are written. Else "
                    f"leave out the conversation or the days that it is in.{_advice(mask)}"
                )


def _advice(mask: Mask) -> str:
    """Return what to do about terms that the report itself writes, which no masking takes out of it."""
    own = ", ".join(f"“{term}”" for term in mask.terms if is_own(term, own=own_words()))
    if not own:
        return ""
    return f" Of these, {own} is a word that every report holds: give it with the word beside it, as it is written."


def readable(path: Path) -> str:
    """Return the text of an output as a reader sees or hears it, from the bytes of the file; of a PDF also its properties."""
    if path.suffix == ".html":
        page = path.read_bytes().decode("utf-8")
        return unescape("\n".join([_TAG.sub(" ", page), *_HEARD.findall(page)]))
    if path.suffix != ".pdf":
        return path.read_bytes().decode("utf-8")
    pdf = PdfReader(path)
    properties = [str(value) for value in (pdf.metadata or {}).values()]
    return "\n".join([*properties, *(page.extract_text() for page in pdf.pages), *_unseen(path)])


def _unseen(path: Path) -> Iterator[str]:
    """Return what a PDF says in no line of a page: for pictures, and in its bookmarks."""
    with pikepdf.open(path) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary):
                yield from (str(one[key]) for key in _UNSEEN if key in one)
