"""A volume can be heard: all of it is marked, in reading order, with headings, tables, figures, bookmarks and true dates."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import as_file, files
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from packages.chronicle.tests.casework import charted, record
from pikepdf import Pdf
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from desist_chronicle.chronology import lines
from desist_chronicle.outputs.charts import Box, Chart, Stroke, Words
from desist_chronicle.outputs.cover import Facts, Listing, Paragraph, Picture, Pictures, Piece
from desist_chronicle.outputs.pages import Frame
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.outputs.volumes import write_volumes

DAY = 24 * 60 * 60
MADE = datetime(2026, 11, 29, 15, 30, tzinfo=UTC)
FRAME = Frame(title="Course of conduct: Sam Sample", footer="Desist", subject="Chronology", at=MADE)
CHART = Chart(
    "Bars", "One bar.", 100, 50, (Box(0, 0, 5, 5, "#123456"), Stroke(0, 0, 1, 1), Words(1, 9, "a", "end"))
)


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    folder = tmp_path_factory.mktemp("volume")
    picture = folder / "a.jpg"
    Image.new("RGB", (60, 40), "red").save(picture)
    told = [
        record(f"message {day} \u05e9\u05dc\u05d5\u05dd", at=f"2024-{month:02d}-{day:02d} 08:00")
        for month in (1, 2)
        for day in range(1, 28, 2)
    ]
    course = charted([*told, record("\n".join(map(str, range(90))), at="2024-03-01 08:00")])
    pieces: list[Piece] = [
        Paragraph("Course of conduct: Sam Sample", heading=True),
        Paragraph("This is a selection."),
        Facts((("From", "Sam Sample"), ("Occasions", "3"), ("One", "more"))),
        CHART,
        Pictures((Picture(picture, "EX/1: a house"), Picture(None, "EX/2: a film"))),
        Listing(("Exhibit", "Bytes"), (0.5, 0.5), (("EX/1", "60"),)),
        Paragraph("How much \u2764", heading=True),
    ]
    wording = Wording(course=course, exhibits={"a.txt": "EX/1"})
    (path,) = write_volumes(
        folder=folder, lines=lines(course=course), wording=wording, cover=pieces, frame=FRAME
    )
    return PdfReader(path)


def root(volume: PdfReader) -> DictionaryObject:
    found: DictionaryObject = volume.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    return found


def elements(one: DictionaryObject) -> Iterator[DictionaryObject]:
    yield one
    kids = one.get("/K", ArrayObject())
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        child: Any = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(child, DictionaryObject) and child.get("/Type") == "/StructElem":
            yield from elements(child)


def of_kind(volume: PdfReader, kind: str) -> list[DictionaryObject]:
    return [one for one in elements(root(volume)) if one.get("/S") == kind]


def test_every_piece_of_drawing_is_marked_as_content_or_as_none(volume: PdfReader) -> None:
    for page in volume.pages:
        drawn = page.get_contents().get_data().decode("latin-1")  # type: ignore[union-attr]
        depth = 0
        for operator in re.findall(r"(?<!\S)(BDC|BMC|EMC|BT|re|l|Do)(?!\S)", drawn):
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
            assert depth in {0, 1}
            assert depth == 1 or operator == "EMC"
        assert depth == 0


def test_each_mark_leads_to_its_element_and_back(volume: PdfReader) -> None:
    numbers: Any = root(volume)["/ParentTree"]["/Nums"]  # type: ignore[index]
    by_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert len(by_page) == len(volume.pages)
    for page in volume.pages:
        drawn = page.get_contents().get_data().decode("latin-1")  # type: ignore[union-attr]
        marks = [int(number) for number in re.findall(r"/MCID (\d+)", drawn)]
        assert marks == list(range(len(by_page[page["/StructParents"]])))
        assert str(page["/Tabs"]) == "/S"


def test_there_is_one_title_and_headings_below_it(volume: PdfReader) -> None:
    assert len(of_kind(volume, "/H1")) == 1
    assert len(of_kind(volume, "/H2")) == 2


def test_pictures_say_what_they_show(volume: PdfReader) -> None:
    assert [str(one["/Alt"]) for one in of_kind(volume, "/Figure")] == [
        "Bars. One bar.",
        "EX/1: a house",
        "EX/2: a film",
    ]


def test_every_row_of_the_chronology_has_six_cells_or_one_across_all(volume: PdfReader) -> None:
    listing, chronology = of_kind(volume, "/Table")
    rows = [one for one in elements(chronology) if one.get("/S") == "/TR"]
    shapes = {tuple(kid.get_object()["/S"] for kid in row["/K"]) for row in rows}  # type: ignore[attr-defined]
    assert shapes == {("/TH",) * 6, ("/TD",) * 6, ("/TD",)}
    across = [one for one in elements(chronology) if one.get("/A", {}).get("/ColSpan") == 6]
    assert len(across) == sum(len(row["/K"]) == 1 for row in rows)  # type: ignore[arg-type]
    assert all(one["/A"]["/Scope"] == "/Column" for one in elements(listing) if one.get("/S") == "/TH")  # type: ignore[index]


def test_a_text_that_goes_over_pages_is_one_cell(volume: PdfReader) -> None:
    # a mark on another page names its page
    assert any(
        isinstance(kid, DictionaryObject) and kid.get("/Type") == "/MCR"
        for one in of_kind(volume, "/TD")
        for kid in one["/K"]  # type: ignore[attr-defined]
    )


def test_headings_and_months_are_bookmarks(volume: PdfReader) -> None:
    def titles(outline: Any) -> list[Any]:
        return [titles(one) if isinstance(one, list) else one.title for one in outline]

    assert titles(volume.outline) == [
        *("Course of conduct: Sam Sample", "Bars", "How much \u2764", "Chronology"),
        ["January 2024", "February 2024", "March 2024"],
    ]


def test_the_dates_are_those_of_the_report_and_every_face_is_in_the_file(volume: PdfReader) -> None:
    assert volume.metadata is not None
    assert volume.metadata.creation_date == MADE
    assert volume.trailer["/Root"]["/Lang"] == "en-GB"  # type: ignore[index]
    faces: Any = volume.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    found = {str(face.get_object()["/BaseFont"]): face.get_object() for face in faces.values()}
    assert any("Bold" in name for name in found)
    assert all("/FontFile2" in face["/FontDescriptor"] for face in found.values())


def test_what_a_machine_can_check_of_pdf_ua_holds(volume: PdfReader) -> None:
    """ISO 14289-1, as far as a program can see; whether headings and alternative words are good ones, a person says."""
    with Pdf.open(cast("BinaryIO", volume.stream)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.Lang) == "en-GB"
        assert not pdf.is_encrypted
        assert {str(page.Tabs) for page in pdf.pages} == {"/S"}
        with pdf.open_metadata() as described:
            assert described["dc:title"] == str(pdf.docinfo.Title)
            assert described["xmp:CreateDate"] == "2026-11-29T15:30:00+00:00"
            # nobody has confirmed it, so nobody claims it
            assert "pdfuaid:part" not in described
    levels = [
        int(kind[2]) for one in elements(root(volume)) if re.fullmatch("/H[1-6]", kind := str(one.get("/S")))
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(str(one["/Alt"]).strip() for one in of_kind(volume, "/Figure"))
    headings = of_kind(volume, "/TH")
    assert headings
    assert {str(one["/A"]["/Scope"]) for one in headings} == {"/Column"}  # type: ignore[index]


def test_no_face_holds_the_moment_of_drawing(volume: PdfReader) -> None:
    with as_file(files("manimgx_fonts") / "NotoSans[wght].ttf") as path:
        designed = TTFont(path)["head"].modified
    faces: Any = volume.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    held = {
        str(face.get_object()["/BaseFont"]): face.get_object()["/FontDescriptor"] for face in faces.values()
    }

    found = [
        TTFont(BytesIO(one["/FontFile2"].get_data()))["head"].modified
        for name, one in held.items()
        if name.endswith(("NotoSans-Regular", "NotoSans-Bold"))
    ]

    assert found == [designed, designed]


def test_the_same_report_at_another_time_has_other_dates_only(tmp_path: Path) -> None:
    course = charted([record()])
    for name, frame in (("a", FRAME), ("b", replace(FRAME, at=datetime(2027, 1, 1, tzinfo=UTC)))):
        (tmp_path / name).mkdir()
        write_volumes(
            folder=tmp_path / name,
            lines=lines(course=course),
            wording=Wording(course=course, exhibits={"a.txt": "EX/1"}),
            cover=[Paragraph("Title", heading=True)],
            frame=frame,
        )

    one, other = (PdfReader(tmp_path / name / "chronology-01.pdf") for name in ("a", "b"))
    assert one.pages[0].extract_text() == other.pages[0].extract_text()
    assert other.metadata is not None
    assert other.metadata.creation_date == datetime(2027, 1, 1, tzinfo=UTC)
