"""A paper as a file: PDF, one HTML page, or a table. Its name and title are neutral."""

from dataclasses import asdict, dataclass
from pathlib import Path

from django.template.loader import render_to_string

from desist.advocacy.papers.contents import FILE, TITLE, Contents
from desist.advocacy.papers.states import Format
from desist.ui import documents, spreadsheets

LAYOUT = Path(__file__).parent / "paper.typ"


@dataclass(frozen=True)
class File:
    """A file to hand over."""

    name: str
    kind: str
    content: bytes


def draw(*, contents: Contents, format: Format, large: bool, foot: str) -> File:  # noqa: A002 -- the field's name
    """Draw a paper. Raises documents.NotMade."""
    name = f"{FILE}.{format.value}"
    if format is Format.CSV:
        table = spreadsheets.as_csv(contents.header, contents.rows)
        return File(name, "text/csv; charset=utf-8", table)
    data = {**asdict(contents), "title": TITLE, "large": large, "foot": foot}
    if format is Format.HTML:
        page = render_to_string("advocacy/papers/paper.html", data)
        return File(name, "text/html; charset=utf-8", page.encode())
    return File(name, "application/pdf", documents.pdf(layout=LAYOUT, data=data))
