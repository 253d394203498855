"""The structure of a volume for readers who hear it: headings, paragraphs, tables and figures (ISO 32000-1, 14.7 and 14.8).

The library that draws knows nothing of it. Every piece of drawing is put between two marks, and at the end the
elements that the marks belong to are written beside the pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFObject, PDFPage, PDFString
from reportlab.pdfgen.canvas import Canvas


class Element(PDFObject):
    """One element: its kind, its parent, and in order its children and the marks of its content by page."""

    __RefOnly__ = 1

    def __init__(self, kind: str, parent: PDFObject, *, alt: str = "", columns: int = 0) -> None:
        self._kind, self._parent, self._alt, self._columns = kind, parent, alt, columns
        self._kids: list[Any] = []

    def add(self, kid: Any) -> None:  # noqa: ANN401 - an element, or the page and number of a mark
        """Take a child, or the page and the number of a mark, in reading order."""
        self._kids.append(kid)

    def format(self, document: Any) -> bytes:  # noqa: ANN401 - the library's document
        """Return the element as the file holds it."""
        parts = [b"<< /Type /StructElem /S /", self._kind.encode(), b" /P ", _ref(document, self._parent)]
        if self._alt:
            parts += [b" /Alt ", PDFString(self._alt).format(document)]
        if self._columns:
            parts.append(b" /A << /O /Table /ColSpan %d >>" % self._columns)
        elif self._kind == "TH":
            parts.append(b" /A << /O /Table /Scope /Column >>")
        return b"".join([*parts, *self._content(document), b" >>"])

    def _content(self, document: Any) -> list[bytes]:  # noqa: ANN401 - as above
        """Return the children; where all of them are marks of one page, that is said once."""
        pages = {kid[0].name for kid in self._kids if isinstance(kid, tuple)}
        if len(pages) == 1 and all(isinstance(kid, tuple) for kid in self._kids):
            numbers = b" ".join(b"%d" % number for _, number in self._kids)
            return [b" /Pg ", self._kids[0][0].format(document), b" /K [", numbers, b"]"]
        return [b" /K [", *(_kid(document, kid) for kid in self._kids), b" ]"]


def _ref(document: Any, one: PDFObject) -> bytes:  # noqa: ANN401 - the library's document
    found: bytes = document.Reference(one).format(document)
    return found


def _kid(document: Any, kid: Any) -> bytes:  # noqa: ANN401 - as above
    if isinstance(kid, Element):
        return b" " + _ref(document, kid)
    page, number = kid
    return b" << /Type /MCR /Pg %s /MCID %d >>" % (page.format(document), number)


class _Root(PDFObject):
    """The root of all elements, with the way from each mark back to its element."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.pages: list[list[Element]] = [[]]
        self.document = Element("Document", self)

    def format(self, document: Any) -> bytes:  # noqa: ANN401 - the library's document
        numbers = b"".join(
            b" %d [ %s ]" % (page, b" ".join(_ref(document, one) for one in marks))
            for page, marks in enumerate(self.pages)
            if marks
        )
        return b"<< /Type /StructTreeRoot /K %s /ParentTree << /Nums [%s ] >> /ParentTreeNextKey %d >>" % (
            _ref(document, self.document),
            numbers,
            len(self.pages),
        )


class _TaggedPage(PDFPage):
    """A page that says where its marks lead, and that one goes through it in the order of the structure."""

    __NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]


class Tags:
    """The elements of one file while it is drawn."""

    def __init__(self, canvas: Canvas) -> None:
        #: the library has no other way to its document and to the page's code
        self._canvas = cast("Any", canvas)
        self._root = _Root()
        self.document = self._root.document
        catalogue = self._canvas._doc.Catalog  # noqa: SLF001
        catalogue.StructTreeRoot = self._root
        catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
        catalogue.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})

    def element(
        self, kind: str, *, within: Element | None = None, alt: str = "", columns: int = 0
    ) -> Element:
        """Return a new element at the end of another, or of the document."""
        parent = within or self.document
        made = Element(kind, parent, alt=alt, columns=columns)
        parent.add(made)
        return made

    @contextmanager
    def content(self, element: Element, kind: str = "Span") -> Iterator[None]:
        """Mark what is drawn as the element's, on one page."""
        marks = self._root.pages[-1]
        element.add((self._canvas._doc.thisPageRef(), len(marks)))  # noqa: SLF001
        with self._between(f"/{kind} << /MCID {len(marks)} >> BDC"):
            marks.append(element)
            yield

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn as no content: lines, shades, what every page repeats."""
        with self._between("/Artifact BMC"):
            yield

    @contextmanager
    def _between(self, begins: str) -> Iterator[None]:
        code = self._canvas._code  # noqa: SLF001
        code.append(begins)
        yield
        code.append("EMC")

    def end_page(self) -> None:
        """Finish the page on the canvas and begin the marks of the next."""
        document = self._canvas._doc  # noqa: SLF001
        name = document.thisPageName()
        self._canvas.showPage()
        page = document.idToObject[name]
        page.__class__ = _TaggedPage
        page.StructParents = len(self._root.pages) - 1
        page.Tabs = PDFName("S")
        self._root.pages.append([])
