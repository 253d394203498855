"""Every word of a file is read wherever it stands, what tells of its maker is gone, and what hides or bursts is refused."""

import io
import json
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import typst
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    TextStringObject,
)
from tests.referral import filled
from tests.referral.filled import JPEG, PARAGRAPH, PNG, WORD

from desist import locators
from desist.referral import files, office, passages, pdf, pictures, reading
from desist.referral.passages import number
from desist.referral.reading import Reader
from desist.refusals import Refused

PLACE = "12 Quarry Lane"
SHEET = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>{}</x:sheetData></x:worksheet>'
HEAD = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:hdr>'


def said(name: str, content: bytes) -> list[str]:
    return [one.sentence for one in files.leads(files.inspect(name=name, content=content))]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


#: as reports and letters of Desist are made: tagged, with an outline, a table and a link
PRINTED = '#outline()\n= Exit report\nTwelve of twelve. #link("https://example.org")[There]\n#table(columns: 2, [a], [{}])'


def printed(words: str) -> bytes:
    made: bytes = typst.compile(PRINTED.format(words).encode())
    return made


def test_a_document_as_desist_prints_it_is_read_like_any_other() -> None:
    link = "“https://example.org” in a note, a field or a link looks like an address of a page"

    assert said("report.pdf", printed("b")) == [link]
    assert LOOKS.format("on page 1") in said("report.pdf", printed(PLACE))


LOOKS = f"“{PLACE}” {{}} looks like an address"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (filled.xlsx(PLACE), "on sheet 1"),
        (filled.inline(PLACE), "on sheet 1"),
        (filled.on_second_sheet(PLACE), "on sheet 2"),
        (filled.computed(PLACE), "on sheet 1"),
        (filled.headed(PLACE), "on sheet 1"),
        (filled.noted(PLACE), "in a comment"),
        (filled.named(PLACE), "in a name of the workbook"),
        (filled.titled(PLACE), "in a name of the workbook"),
    ],
)
def test_a_workbook_is_read_wherever_it_holds_words(content: bytes, where: str) -> None:
    assert LOOKS.format(where) in said("a.xlsx", content)


@pytest.mark.parametrize(("place", "where"), [("0", "on sheet 1"), ("7", "in words that no sheet shows")])
def test_the_strings_that_cells_share_are_read_also_where_no_cell_shows_them(place: str, where: str) -> None:
    book = filled.changed(
        shared(place),
        lambda parts: parts.update({"xl/sharedStrings.xml": f"<sst><si><t>{PLACE}</t></si></sst>".encode()}),
    )

    assert said("a.xlsx", book) == [LOOKS.format(where)]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ((7700900123,), "“07700900123” on sheet 1 looks like a telephone number"),
        (("07700", 900123), "“07700 900123” on sheet 1 looks like a telephone number"),
        ((12, "Quarry Lane"), "“12, Quarry Lane” on sheet 1 looks like an address"),
        ((51.50123, -0.12345), "“51.5012, -0.1235” on sheet 1 looks like a position"),
    ],
)
def test_what_a_row_says_across_its_cells_is_read(row: tuple[Any, ...], sentence: str) -> None:
    book = Workbook()
    book.worksheets[0].append(row)

    assert sentence in said("a.xlsx", filled.saved(book))


def test_figures_of_a_table_are_no_telephone_numbers() -> None:
    book = Workbook()
    for row in ((0.3333333333333, 12, 2026), (0, 12, 5, 100, 45, 3, 7), ("Visits", 0.5, 46022)):
        book.worksheets[0].append(row)

    assert said("a.xlsx", filled.saved(book)) == []


@pytest.mark.parametrize(
    ("typed", "kept"), [("3.0", "3"), ("0.12345678", "0.1235"), ("07700900123", "07700900123"), ("x", "x")]
)
def test_a_number_is_read_as_it_was_meant(typed: str, kept: str) -> None:
    assert number(typed) == kept


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (filled.docx(PARAGRAPH.format(PLACE)), "in the text"),
        (
            filled.docx(
                "<w:p><w:r><w:t>12 Quar</w:t></w:r><w:r><w:t>ry</w:t><w:tab/><w:t>Lane</w:t></w:r></w:p>"
            ),
            "in the text",
        ),
        (
            filled.docx(
                "<w:p><w:del><w:r><w:delText>12 Quarry Lane</w:delText></w:r></w:del><w:ins><w:r><w:t>a place</w:t></w:r></w:ins></w:p>"
            ),
            "in the text",
        ),
        (
            filled.docx(
                "<w:p><w:r><w:t>12 Quarry </w:t></w:r><w:ins><w:r><w:t>Lane</w:t></w:r></w:ins><w:del><w:r><w:delText>Bank</w:delText></w:r></w:del></w:p>"
            ),
            "in the text",
        ),
        (filled.docx(**{"word/header1.xml": HEAD.format(PARAGRAPH.format(PLACE))}), "in a header"),
        (filled.docx(**{"word/footnotes.xml": HEAD.format(PARAGRAPH.format(PLACE))}), "in a footnote"),
        (filled.docx(**{"word/comments.xml": HEAD.format(PARAGRAPH.format(PLACE))}), "in a comment"),
        (filled.docx('<w:p><w:r><w:drawing descr="12 Quarry Lane"/></w:r></w:p>'), "in the text"),
        (
            filled.docx(
                **{"word/styles.xml": HEAD.format('<w:style><w:name w:val="12 Quarry Lane"/></w:style>')}
            ),
            "in a part that no page shows",
        ),
        (
            filled.docx(
                **{
                    "word/_rels/document.xml.rels": '<Relationships><Relationship Type="x/hyperlink" Target="https://maps.example/12 Quarry Lane" TargetMode="External"/></Relationships>'
                }
            ),
            "in a link",
        ),
    ],
)
def test_a_document_is_read_wherever_it_holds_words(content: bytes, where: str) -> None:
    assert LOOKS.format(where) in [one.replace("\t", " ") for one in said("a.docx", content)]


def test_a_row_of_a_table_is_read_as_a_whole() -> None:
    cells = "".join(f"<w:tc>{PARAGRAPH.format(words)}</w:tc>" for words in ("12", "Quarry Lane"))
    table = filled.docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")

    assert "“12, Quarry Lane” in the text looks like an address" in said("a.docx", table)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (filled.pdf(words=PLACE), "on page 1"),
        (filled.layer(PLACE), "on page 1"),
        (filled.alternative(PLACE), "on page 1"),
        (filled.note(PLACE), "in a note, a field or a link"),
        (filled.stamp(PLACE), "in a note, a field or a link"),
        (filled.bookmark(PLACE), "in a note, a field or a link"),
        (filled.field(PLACE), "in a note, a field or a link"),
        (filled.look_of_a_field(PLACE), "in a stamp or a field"),
    ],
)
def test_a_pdf_is_read_wherever_it_holds_words(content: bytes, where: str) -> None:
    assert LOOKS.format(where) in said("a.pdf", content)


NUMBER = "07700900123"


def prompting(words: str) -> bytes:
    """A workbook that prompts for what is typed into a cell."""
    book = Workbook()
    asked = DataValidation(type="decimal", promptTitle="Figure", prompt=words, sqref="A1")
    book.worksheets[0].add_data_validation(asked)
    return filled.saved(book)


def body(element: str) -> bytes:
    """A document with one element more."""
    return filled.docx(f"{PARAGRAPH.format('Order of the court')}{element}")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", filled.titled(NUMBER)),
        ("a.xlsx", prompting(NUMBER)),
        ("a.docx", body(f'<w:drawing><wp:docPr xmlns:wp="x" id="1" descr="{NUMBER}"/></w:drawing>')),
        ("a.docx", body(f'<w:sdt><w:sdtPr><w:tag w:val="{NUMBER}"/></w:sdtPr></w:sdt>')),
        ("a.docx", body('<w:sdt><w:sdtPr><w:tag w:val="07700-900123"/></w:sdtPr></w:sdt>')),
        ("a.docx", body('<w:sdt><w:sdtPr><w:tag w:val="07700.900123"/></w:sdtPr></w:sdt>')),
        ("a.docx", body(f'<w:bookmarkStart w:id="0" w:name="A{NUMBER}"/>')),
    ],
)
def test_a_telephone_number_alone_is_read_in_whatever_attribute_it_stands(name: str, content: bytes) -> None:
    assert any("looks like a telephone number" in one for one in said(name, content))


@pytest.mark.parametrize(
    "value",
    [
        "{00000000-0001-0000-0000-000000000000}",
        "5C22544A-7EE6-4342-B048-851234567890",
        "020B0A04020102020204",
        "001000000000",
        "0.511811024",
        "-1523323940",
        "2147483647",
        "5731510",
    ],
)
def test_identities_sizes_and_marks_of_an_office_are_no_telephone_numbers(value: str) -> None:
    assert said("a.docx", body(f'<w:sdt w:val="{value}"/>')) == []


def test_the_name_of_a_file_and_wide_letters_are_read_and_a_text_is_kept_in_one_way() -> None:
    wide = files.inspect(name="a.txt", content=PLACE.encode("utf-16"))

    assert said("12_Quarry-Lane.txt", b"Reports.") == [LOOKS.format("in the name of the file")]
    assert wide.content == PLACE.encode()
    assert said("a.txt", PLACE.encode("utf-16")) == [LOOKS.format("in the text")]
    assert said("a.txt", "Reports.".encode("utf-8-sig")) == []
    for unclear in ("\x80\x99 12 Quarry Lane".encode("latin-1"), "Reports".encode("utf-16")[:-1]):
        with pytest.raises(Refused, match="Save a text as UTF-8"):
            files.inspect(name="a.txt", content=unclear)


NOTHING = "It holds {}: no words in it can be read here"


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.png", PNG, "a picture"),
        ("a.docx", filled.docx(**{"word/media/image1.png": PNG}), "a picture"),
        ("a.pdf", filled.pictured(), "a picture"),
        ("a.pdf", filled.drawn_inline(), "a picture"),
        ("a.pdf", filled.stamped_inline(), "a picture"),
        ("a.pdf", filled.pdf(words=""), "page 1, which has no words that can be read"),
        ("a.pdf", filled.unmapped(), "letters that cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_to_a_person(name: str, content: bytes, what: str) -> None:
    assert NOTHING.format(what) in said(name, content)


def test_properties_names_of_authors_and_hidden_markup_are_gone_from_a_workbook() -> None:
    book = Workbook()
    book.properties.creator, book.properties.title = "PLANTED-ONE", "PLANTED-TWO"
    book.worksheets[0]["A1"] = "Dates"
    book.worksheets[0]["A1"].comment = Comment("Checked", "PLANTED-THREE")

    def more(parts: dict[str, bytes]) -> None:
        parts["docProps/custom.xml"] = b"<Properties>PLANTED-FOUR</Properties>"
        parts["customXml/item1.xml"] = b"<a>PLANTED-FIVE</a>"
        parts["xl/printerSettings/printerSettings1.bin"] = b"PLANTED-SIX"
        rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        printer = '<Relationship Id="rId9" Type="x/printerSettings" Target="../printerSettings/printerSettings1.bin"/>'
        sheet = parts["xl/worksheets/_rels/sheet1.xml.rels"].decode()
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = sheet.replace(
            "</Relationships>", f"{printer}</Relationships>"
        ).encode()
        assert rels in sheet
        setup = f'<!-- PLANTED-SEVEN --><pageSetup xmlns:r="{filled.OFFICE}" r:id="rId9"/></worksheet>'
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
            b"</worksheet>", setup.encode()
        )
        path = '<x:absPath xmlns:x="y" url="C:\\PLANTED-EIGHT"/></workbook>'
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</workbook>", path.encode())

    before = filled.changed(filled.saved(book), more)
    kept = files.inspect(name="a.xlsx", content=before).content

    assert all(b"PLANTED" not in part for part in parts(kept).values())
    assert sum(b"PLANTED" in part for part in parts(before).values()) == 7
    assert b"rId9" not in b"".join(parts(kept).values())
    assert files.inspect(name="a.xlsx", content=kept).content == kept


@pytest.mark.parametrize(
    "made", [filled.on_second_sheet, filled.noted, filled.named, filled.titled, filled.headed]
)
def test_a_workbook_opens_as_before_once_it_is_rewritten(made: Callable[[str], bytes]) -> None:
    before = load_workbook(io.BytesIO(made("Dates")))
    after = load_workbook(io.BytesIO(files.inspect(name="a.xlsx", content=made("Dates")).content))

    assert shown(after) == shown(before)


def shown(book: Workbook) -> list[Any]:
    """What a person sees of a workbook."""
    cells = [
        (one.coordinate, one.value, one.comment and one.comment.text)
        for sheet in book
        for row in sheet
        for one in row
    ]
    return [book.sheetnames, list(book.defined_names), *cells]


def test_properties_and_names_of_authors_are_gone_from_a_document() -> None:
    body = '<w:p><w:ins w:author="PLANTED"><w:r><w:t>Reports</w:t></w:r></w:ins></w:p>'
    types = '<Types><Override PartName="/docProps/core.xml" ContentType="x"/><Override PartName="/word/document.xml" ContentType="y"/></Types>'
    rels = '<Relationships><Relationship Id="a" Type="x/core" Target="docProps/core.xml"/><Relationship Id="b" Type="x/doc" Target="/word/document.xml"/></Relationships>'
    settings = HEAD.format('<w:docVars><w:docVar w:val="PLANTED"/></w:docVars>')
    more = {"[Content_Types].xml": types, "docProps/core.xml": "<a>PLANTED</a>", "_rels/.rels": rels}
    more |= {"word/settings.xml": settings, "word/people.xml": HEAD.format("PLANTED"), "word/": ""}
    kept = files.inspect(name="a.docx", content=filled.docx(body, **more)).content

    assert all(b"PLANTED" not in part and b"docProps" not in part for part in parts(kept).values())
    assert b'w:author="Author"' in parts(kept)["word/document.xml"]


def test_properties_earlier_versions_and_places_of_photographs_are_gone_from_a_pdf() -> None:
    def put(writer: PdfWriter) -> None:
        writer.add_metadata({"/Author": "PLANTED-ONE"})
        writer.xmp_metadata = b"<x>PLANTED-TWO</x>"
        writer.pages[0][NameObject("/PieceInfo")] = TextStringObject("PLANTED-THREE")
        filled.resources(writer)[NameObject("/XObject")] = DictionaryObject(
            {NameObject("/I"): filled.photograph(writer)}
        )

    before = filled.written(filled.pdf(), put)
    kept = files.inspect(name="a.pdf", content=before).content

    assert before.count(b"PLANTED") >= 6
    assert b"PLANTED" not in kept
    assert not PdfReader(io.BytesIO(kept)).metadata
    assert files.inspect(name="a.pdf", content=kept).content == kept


def test_a_pdf_keeps_nothing_that_its_pages_do_not_lead_to() -> None:
    before = filled.written(filled.pdf(), lambda writer: filled.kept(writer, TextStringObject("PLANTED")))

    assert b"PLANTED" in before
    assert b"PLANTED" not in files.inspect(name="a.pdf", content=before).content


def test_a_photograph_loses_its_thumbnail_and_keeps_its_length_within_another_file() -> None:
    kept = files.inspect(name="a.jpg", content=JPEG).content

    assert b"PLANTED" not in kept
    assert b"PLANTED" not in pictures.blanked(JPEG + b"PLANTED")
    assert len(pictures.blanked(JPEG)) == len(JPEG)
    for broken in (JPEG[:30], JPEG[:-3], JPEG[:2] + b"x" + JPEG[3:], JPEG[:4] + b"\x00\x00" + JPEG[6:]):
        with pytest.raises(Refused, match="broken or was cut"):
            pictures.blanked(broken)


def shared(value: str) -> bytes:
    def put(parts: dict[str, bytes]) -> None:
        cell = f'<row r="9"><c r="A9" t="s"><v>{value}</v></c></row></sheetData>'
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
            b"</sheetData>", cell.encode()
        )

    return filled.changed(filled.xlsx(), put)


def sheet(change: Callable[[bytes], bytes]) -> bytes:
    def put(parts: dict[str, bytes]) -> None:
        parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])

    return filled.changed(filled.xlsx(), put)


def doubled() -> bytes:
    stream = io.BytesIO(filled.docx())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", WORD.format(PARAGRAPH.format(PLACE)))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", filled.very_hidden("x"), "This workbook has a hidden sheet"),
        ("a.xlsx", filled.hidden_row("x"), "Sheet 1 has hidden rows or columns"),
        ("a.xlsx", filled.hidden_column("x"), "Sheet 1 has hidden rows or columns"),
        ("a.xlsx", sheet(lambda one: one.replace(b'<row r="3"', b'<row ht="0" r="3"')), "hidden rows"),
        (
            "a.xlsx",
            sheet(lambda one: one.replace(b"<sheetFormatPr", b'<sheetFormatPr zeroHeight="1"')),
            "hidden rows",
        ),
        ("a.xlsx", sheet(lambda one: one.replace(b'<row r="3"', b'<row ht="x" r="3"')), "broken"),
        ("a.xlsx", shared("x"), "broken"),
        (
            "a.docx",
            filled.docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>"),
            "hidden text",
        ),
        ("a.docx", filled.docx('<w:p><w:fldSimple w:instr="INCLUDETEXT x"/></w:p>'), "fetches or starts"),
        ("a.docx", filled.docx("<w:instrText>DDE x</w:instrText>"), "fetches or starts"),
        ("a.docx", filled.docx("<w:object><o:OLEObject xmlns:o='x'/></w:object>"), "macros or another file"),
        ("a.docx", filled.docx(**{"word/fonts/font1.odttf": "x"}), "a font, a drawing"),
        ("a.docx", filled.docx(**{"word/inner.zip": "x"}), "macros or another file"),
        (
            "a.xlsx",
            filled.changed(filled.xlsx(), lambda one: one.update({"xl/connections.xml": b"<a/>"})),
            "macros or another",
        ),
        (
            "a.docx",
            filled.docx(
                **{"word/_rels/document.xml.rels": '<R><Relationship Type="x/aFChunk" Target="y.html"/></R>'}
            ),
            "fetches something",
        ),
        ("a.docx", doubled(), "broken"),
        ("a.zip", filled.archive(**{"inner.zip": "PK"}), "This is an archive"),
        (
            "a.pdf",
            filled.written(filled.pdf(), lambda writer: writer.add_open_action(JavaScript("app.alert(1)"))),
            "holds a script",
        ),
        (
            "a.pdf",
            filled.written(filled.pdf(), lambda writer: writer.add_attachment("a.txt", b"x")),
            "holds another file",
        ),
        ("a.pdf", filled.many_pages(301), "more than 300 pages"),
    ],
)
def test_what_hides_runs_or_carries_another_file_is_refused_in_words(
    name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        files.inspect(name=name, content=content)


def test_text_that_was_hidden_once_and_is_not_any_more_is_taken() -> None:
    shown = filled.docx(
        '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr></w:r></w:p>'
    )

    assert files.inspect(name="a.docx", content=shown).text == "x"


def test_a_workbook_that_unpacks_to_a_hundred_megabytes_is_refused_at_once() -> None:
    bomb = filled.changed(
        filled.xlsx(), lambda one: one.update({"xl/worksheets/sheet9.xml": b"0" * 100_000_000})
    )
    began = time.monotonic()

    with pytest.raises(Refused, match="unpacks to far more"):
        files.inspect(name="a.xlsx", content=bomb)
    assert time.monotonic() - began < 5


def test_a_pdf_of_endless_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_OBJECTS", 10)

    with pytest.raises(Refused, match="too many parts"):
        pdf.read(filled.pdf())


def test_a_pdf_whose_properties_do_not_go_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    titled = filled.written(filled.pdf(), lambda writer: writer.add_metadata({"/Title": "x"}))
    monkeypatch.setattr(pdf, "_rewritten", lambda content: content)

    with pytest.raises(Refused, match="cannot be removed"):
        pdf.read(titled)


def test_a_reader_that_takes_too_long_or_breaks_refuses_the_file() -> None:
    with pytest.raises(Refused, match="takes too long"):
        reading.read(Reader.PDF, filled.pdf(), seconds=0)


def test_a_reader_that_crashes_refuses_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")

    with pytest.raises(Refused, match="cannot be looked through"):
        reading.read(Reader.OFFICE, filled.docx())


def test_more_words_than_can_be_looked_through_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "MOST_WORDS", 3)

    with pytest.raises(Refused, match="more words than"):
        files.inspect(name="a.txt", content=b"Reports on Mondays.")
    assert b"more words than" in reading.answer(Reader.OFFICE, filled.docx())
    assert json.loads(reading.answer(Reader.PDF, b"%PDF-")) == {
        "refused": "This PDF is broken or was cut off on the way. Choose it again, or print it to a new PDF."
    }


def test_both_readers_answer_with_what_they_kept() -> None:
    for reader, content, kept in (
        (Reader.PDF, filled.pdf(), pdf.read(filled.pdf()).content),
        (Reader.OFFICE, filled.docx(), office.read(filled.docx()).content),
    ):
        assert reading.answer(reader, content).partition(b"\n")[2] == kept


def test_where_the_reader_of_words_breaks_the_file_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> None:
        raise RecursionError(text)

    monkeypatch.setattr(locators, "find", broken)

    assert said("a.txt", b"Reports on Mondays.") == [
        "The words in the text could not be looked through",
        "The words in the name of the file could not be looked through",
    ]


def test_names_in_arabic_and_welsh_are_kept_as_they_are() -> None:
    words = "سمير الأحمد a Siân Llŷr ap Gwynfor"

    for name, content in (("a.docx", filled.docx(PARAGRAPH.format(words))), ("a.txt", words.encode())):
        kept = files.inspect(name=name, content=content)
        assert kept.text == words
        assert files.leads(kept) == ()
    assert said("سمير.txt", b"Reports.") == []


LOCATORS = st.sampled_from(
    [
        PLACE,
        "ZZ99 9ZZ",
        "07700 900123",
        "robin@example.org",
        "51.50123, -0.12345",
        "AB12 CDE",
        "Mill Park School",
    ]
)
PLACES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "cell": ("a.xlsx", filled.xlsx),
    "inline string": ("a.xlsx", filled.inline),
    "second sheet": ("a.xlsx", filled.on_second_sheet),
    "comment": ("a.xlsx", filled.noted),
    "defined name": ("a.xlsx", filled.named),
    "header on paper": ("a.xlsx", lambda one: filled.headed(f" {one}")),
    "paragraph": ("a.docx", lambda one: filled.docx(PARAGRAPH.format(one))),
    "header": ("a.docx", lambda one: filled.docx(**{"word/header1.xml": HEAD.format(PARAGRAPH.format(one))})),
    "deleted": (
        "a.docx",
        lambda one: filled.docx(f"<w:p><w:del><w:r><w:delText>{one}</w:delText></w:r></w:del></w:p>"),
    ),
    "page": ("a.pdf", lambda one: filled.pdf(words=one)),
    "layer": ("a.pdf", filled.layer),
    "note": ("a.pdf", filled.note),
    "bookmark": ("a.pdf", filled.bookmark),
    "text": ("a.txt", str.encode),
}


@pytest.mark.slow
@how(max_examples=60)
@given(LOCATORS, st.sampled_from(sorted(PLACES)), st.sampled_from(["{}", "Seen at {} on Monday", "{}."]))
def test_a_locator_anywhere_in_a_file_is_found(locator: str, place: str, around: str) -> None:
    name, made = PLACES[place]

    found = files.leads(files.inspect(name=name, content=made(around.format(locator))))

    assert any(locator in one.sentence for one in found)
