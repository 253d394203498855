"""The structure of a volume for readers who hear it: headings, paragraphs, tables and figures (ISO 32000-1, 14.7 and 14.8).

The library that draws knows nothing of it. Every piece of drawing is put between two marks, and when all is drawn
another library writes the elements that the marks belong to into the file, and the dates of the report.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String
from reportlab.pdfgen.canvas import Canvas


class Element:
    """One element: its kind, and in order its children and the marks of its content, each by page and number."""

    __slots__ = ("alt", "columns", "kids", "kind")

    def __init__(self, kind: str, *, alt: str = "", columns: int = 0) -> None:
        self.kind, self.alt, self.columns = kind, alt, columns
        self.kids: list[Element | tuple[int, int]] = []


class Tags:
    """The elements of one file while it is drawn."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        #: how many marks each page has
        self.marks = [0]
        self.document = Element("Document")

    def element(
        self, kind: str, *, within: Element | None = None, alt: str = "", columns: int = 0
    ) -> Element:
        """Return a new element at the end of another, or of the document."""
        made = Element(kind, alt=alt, columns=columns)
        (within or self.document).kids.append(made)
        return made

    @contextmanager
    def content(self, element: Element, kind: str = "Span") -> Iterator[None]:
        """Mark what is drawn as the element's, on one page."""
        number = self.marks[-1]
        self.marks[-1] += 1
        element.kids.append((len(self.marks) - 1, number))
        with self._between(f"/{kind} << /MCID {number} >> BDC"):
            yield

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn as no content: lines, shades, what every page repeats."""
        with self._between("/Artifact BMC"):
            yield

    @contextmanager
    def _between(self, begins: str) -> Iterator[None]:
        self._canvas.addLiteral(begins)
        yield
        self._canvas.addLiteral("EMC")

    def end_page(self) -> None:
        """Finish the page on the canvas and begin the marks of the next."""
        self._canvas.showPage()
        self.marks.append(0)


def finish(*, drawn: BinaryIO, path: Path, tags: Tags, at: datetime) -> None:
    """Write what was drawn to `path`, with its structure and with the moment when the report was made.

    The moment stands in place of that of drawing: the same report has the same bytes.
    """
    with Pdf.open(drawn) as pdf:
        _Tree(pdf, tags).write()
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        moment = String(f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}+00'00'")
        pdf.docinfo.CreationDate = pdf.docinfo.ModDate = moment
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as described:
            # where programs for readers who hear it look for the title (ISO 14289-1, 7.1)
            described["dc:title"] = str(pdf.docinfo.Title)
            described["dc:language"] = ["en-GB"]
            described["xmp:CreateDate"] = described["xmp:ModifyDate"] = at.astimezone(UTC).isoformat(
                "T", "seconds"
            )
        pdf.save(path, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)


class _Tree:
    """The elements as the file holds them, with the way from each mark back to its element."""

    def __init__(self, pdf: Pdf, tags: Tags) -> None:
        self._pdf, self._document = pdf, tags.document
        self._pages = [page.obj for page in pdf.pages]
        #: by page, the element of each mark
        self._owners: list[list[Object]] = [[Dictionary()] * count for count in tags.marks]

    def write(self) -> None:
        """Write the tree, and in each page where its marks lead and that one goes through it in the tree's order."""
        root = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = self._element(self._document, root)
        numbers = [one for page, owners in enumerate(self._owners) if owners for one in (page, Array(owners))]
        root.ParentTree = Dictionary(Nums=Array(numbers))
        root.ParentTreeNextKey = len(self._pages)
        self._pdf.Root.StructTreeRoot = root
        for number, page in enumerate(self._pages):
            page.StructParents, page.Tabs = number, Name.S

    def _element(self, element: Element, parent: Object) -> Object:
        made = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.kind}"), P=parent))
        if element.alt:
            made.Alt = String(element.alt)
        if element.columns:
            made.A = Dictionary(O=Name.Table, ColSpan=element.columns)
        elif element.kind == "TH":
            made.A = Dictionary(O=Name.Table, Scope=Name.Column)
        marks = [kid for kid in element.kids if isinstance(kid, tuple)]
        for page, number in marks:
            self._owners[page][number] = made
        pages = {page for page, _ in marks}
        if len(pages) == 1 and len(marks) == len(element.kids):
            # where all of them are marks of one page, that is said once
            made.Pg = self._pages[pages.pop()]
            made.K = Array([number for _, number in marks])
        else:
            made.K = Array([self._kid(kid, made) for kid in element.kids])
        return made

    def _kid(self, kid: Element | tuple[int, int], parent: Object) -> Object:
        if isinstance(kid, Element):
            return self._element(kid, parent)
        return Dictionary(Type=Name.MCR, Pg=self._pages[kid[0]], MCID=kid[1])
