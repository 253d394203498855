"""Files as office programs write them, with words in each place that can hold them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)
from reportlab.pdfgen import canvas

from desist.referral import pictures

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WORD = f"<w:document {W} {R}><w:body>{{}}</w:body></w:document>"
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(**parts: str | bytes) -> bytes:
    """Return a package of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return stream.getvalue()


def changed(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return the same package with some parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return stream.getvalue()


def docx(body: str | bytes = PARAGRAPH.format("Order of the court"), **parts: str | bytes) -> bytes:
    """A document."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": WORD.format(body),
        **parts,
    }
    return archive(**whole)


def saved(book: Workbook) -> bytes:
    """A workbook as it is saved."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx(words: str = "Order of the court") -> bytes:
    """A workbook with one cell, saved by a library that writes properties of the document."""
    book = Workbook()
    book.worksheets[0]["B3"] = words
    return saved(book)


def inline(words: str) -> bytes:
    """A workbook whose cell holds its words inline."""

    def put(parts: dict[str, bytes]) -> None:
        cell = f'<row r="9"><c r="A9" t="inlineStr"><is><t>{words}</t></is></c></row></sheetData>'
        sheet = parts["xl/worksheets/sheet1.xml"].decode()
        parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", cell).encode()

    return changed(xlsx(), put)


def on_second_sheet(words: str) -> bytes:
    """A workbook with words on its second sheet."""
    book = Workbook()
    book.create_sheet("Dates")["C4"] = words
    return saved(book)


def noted(words: str) -> bytes:
    """A workbook with a comment."""
    book = Workbook()
    book.worksheets[0]["A1"].comment = Comment(words, "Officer Ash Vale")
    return saved(book)


def named(words: str) -> bytes:
    """A workbook with a name that stands for words."""
    book = Workbook()
    book.defined_names["place"] = DefinedName("place", attr_text=f'"{words}"')
    return saved(book)


def titled(words: str) -> bytes:
    """A workbook whose sheet has the words as its title."""
    book = Workbook()
    book.worksheets[0].title = words[:31]
    return saved(book)


def headed(words: str) -> bytes:
    """A workbook with a header that only a printout shows."""
    book = Workbook()
    header: Any = book.worksheets[0].oddHeader
    header.left.text = words
    return saved(book)


def computed(words: str) -> bytes:
    """A workbook with a formula that yields words."""
    return xlsx(f'="{words}"')


def pdf(draw: Callable[[canvas.Canvas], None] | None = None, *, words: str = "Order of the court") -> bytes:
    """A PDF of one page."""
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    page.drawString(50, 500, words)
    if draw:
        draw(page)
    page.save()
    return stream.getvalue()


def written(content: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """Return the same PDF with one change."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def kept(writer: PdfWriter, part: PdfObject) -> IndirectObject:
    """Make an object a part of a PDF, for which its writer has no public way."""
    return writer._add_object(part)


def resources(writer: PdfWriter) -> Any:
    """Return the resources with which the first page draws."""
    return writer.pages[0]["/Resources"]


def note(words: str) -> bytes:
    """A PDF with a note on its page."""
    return written(pdf(), lambda writer: writer.add_annotation(0, Text(rect=(50, 50, 90, 90), text=words)))


def stamp(words: str) -> bytes:
    """A PDF with words that appear on its page without being part of it."""
    return written(
        pdf(), lambda writer: writer.add_annotation(0, FreeText(rect=(50, 50, 90, 90), text=words))
    )


def bookmark(words: str) -> bytes:
    """A PDF with a bookmark."""
    return written(pdf(), lambda writer: writer.add_outline_item(title=words, page_number=0))


def layer(words: str) -> bytes:
    """A PDF with words on a layer that is switched off."""

    def put(writer: PdfWriter) -> None:
        group = kept(
            writer,
            DictionaryObject(
                {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Draft")}
            ),
        )
        writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
            {
                NameObject("/OCGs"): ArrayObject([group]),
                NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([group])}),
            }
        )
        page = writer.pages[0]
        resources(writer)[NameObject("/Properties")] = DictionaryObject({NameObject("/MC0"): group})
        drawn = DecodedStreamObject()
        drawn.set_data(f"/OC /MC0 BDC BT /F1 12 Tf 50 300 Td ({words}) Tj ET EMC".encode())
        page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), kept(writer, drawn)])

    return written(pdf(), put)


def alternative(words: str) -> bytes:
    """A PDF whose page has alternative text for a drawing."""

    def put(writer: PdfWriter) -> None:
        page = writer.pages[0]
        drawn = DecodedStreamObject()
        drawn.set_data(f"/Span << /ActualText ({words}) >> BDC 10 10 m 20 20 l S EMC".encode())
        page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), kept(writer, drawn)])

    return written(pdf(), put)


def hidden(change: Callable[[Workbook], None]) -> bytes:
    """A workbook in which one thing is hidden."""
    book = Workbook()
    book.worksheets[0]["A1"] = "Dates"
    change(book)
    return saved(book)


def very_hidden(words: str) -> bytes:
    """A workbook with a sheet that its program does not even list."""

    def put(book: Workbook) -> None:
        sheet = book.create_sheet("Notes")
        sheet["A1"] = words
        sheet.sheet_state = "veryHidden"

    return hidden(put)


def hidden_row(words: str) -> bytes:
    """A workbook with a hidden row."""

    def put(book: Workbook) -> None:
        book.worksheets[0]["A7"] = words
        book.worksheets[0].row_dimensions[7].hidden = True

    return hidden(put)


def hidden_column(words: str) -> bytes:
    """A workbook with a hidden column."""

    def put(book: Workbook) -> None:
        book.worksheets[0]["D1"] = words
        book.worksheets[0].column_dimensions["D"].hidden = True

    return hidden(put)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def segment(marker: int, data: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


PNG = (
    pictures.PNG
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"tEXt", b"Comment\x00PLANTED-PLACE")
    + chunk(b"eXIf", b"PLANTED-PLACE")
    + chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    + chunk(b"IEND", b"")
)
JPEG = (
    b"\xff\xd8"
    + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x05PLANTED-THUMB!!")
    + segment(0xE0, b"JFXX\x00\x10PLANTED-THUMB")
    + segment(0xE1, b"Exif\x00\x00PLANTED-PLACE")
    + segment(0xFE, b"PLANTED-PLACE")
    + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    + b"\x12\xff\x00\x34\xff\xd0\x56"
    + b"\xff\xd9"
)


def field(words: str) -> bytes:
    """A PDF with a field that is filled in."""

    def put(writer: PdfWriter) -> None:
        filled = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/V"): TextStringObject(words),
                NameObject("/Rect"): ArrayObject([NumberObject(place) for place in (10, 10, 90, 30)]),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([kept(writer, filled)])

    return written(pdf(), put)


def look_of_a_field(words: str) -> bytes:
    """A PDF with a field that looks filled in but has no value."""

    def put(writer: PdfWriter) -> None:
        fonts = resources(writer).raw_get("/Font")
        drawn = DecodedStreamObject()
        drawn.set_data(f"BT /F1 12 Tf 5 5 Td ({words}) Tj ET".encode())
        drawn[NameObject("/Subtype")] = NameObject("/Form")
        drawn[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        drawn[NameObject("/BBox")] = ArrayObject([NumberObject(place) for place in (0, 0, 90, 30)])
        look = DictionaryObject({NameObject("/N"): kept(writer, drawn)})
        shown = DictionaryObject({NameObject("/Subtype"): NameObject("/Widget"), NameObject("/AP"): look})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([kept(writer, shown)])

    return written(pdf(), put)


def photograph(writer: PdfWriter) -> IndirectObject:
    """A photograph for a PDF, as a camera made it."""
    picture = DecodedStreamObject()
    picture.set_data(JPEG)
    names = {"/Type": "/XObject", "/Subtype": "/Image", "/Filter": "/DCTDecode", "/ColorSpace": "/DeviceGray"}
    for key, value in names.items():
        picture[NameObject(key)] = NameObject(value)
    for key in ("/Width", "/Height", "/BitsPerComponent"):
        picture[NameObject(key)] = NumberObject(8)
    return kept(writer, picture)


def pictured() -> bytes:
    """A PDF with a photograph."""

    def put(writer: PdfWriter) -> None:
        pictures = DictionaryObject({NameObject("/I"): photograph(writer)})
        resources(writer)[NameObject("/XObject")] = pictures

    return written(pdf(), put)


INLINE = b"q 9 0 0 9 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"


def drawn_inline() -> bytes:
    """A PDF whose page draws a picture that is no object of its own."""

    def put(writer: PdfWriter) -> None:
        page = writer.pages[0]
        drawn = DecodedStreamObject()
        drawn.set_data(INLINE)
        page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), kept(writer, drawn)])

    return written(pdf(), put)


def stamped_inline() -> bytes:
    """A PDF with a stamp that draws such a picture."""

    def put(writer: PdfWriter) -> None:
        drawn = DecodedStreamObject()
        drawn.set_data(INLINE)
        drawn[NameObject("/Subtype")] = NameObject("/Form")
        drawn[NameObject("/BBox")] = ArrayObject([NumberObject(place) for place in (0, 0, 90, 90)])
        resources(writer)[NameObject("/XObject")] = DictionaryObject({NameObject("/S"): kept(writer, drawn)})

    return written(pdf(), put)


def unmapped() -> bytes:
    """A PDF with a font whose letters are numbers alone."""

    def put(writer: PdfWriter) -> None:
        font = DictionaryObject(
            {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type3")}
        )
        resources(writer)["/Font"][NameObject("/F9")] = kept(writer, font)

    return written(pdf(), put)


def many_pages(number: int) -> bytes:
    """A PDF with a number of pages."""
    writer = PdfWriter()
    for _ in range(number):
        writer.add_blank_page(100, 100)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
