"""Volumes hold every line once, on pages that are never too full."""

from collections.abc import Sequence
from pathlib import Path

from packages.chronicle.tests.casework import charted, record
from pypdf import PdfReader

from desist_chronicle.chronology import lines
from desist_chronicle.course import Course
from desist_chronicle.outputs.cover import Listing, Paragraph, Piece
from desist_chronicle.outputs.pages import Frame
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.outputs.volumes import write_volumes
from desist_chronicle.records import Flag, Record

FRAME = Frame(
    title="Course of conduct: Sam Sample", footer="Custody log up to this volume 0123", subject="Chronology"
)
COVER = [Paragraph("Course of conduct: Sam Sample", heading=True), Paragraph("This is a selection.")]


def volumes(
    folder: Path, course: Course, *, cover: Sequence[Piece] = COVER, volume_lines: int = 5_000
) -> list[list[str]]:
    """The text of each page of each volume."""
    paths = write_volumes(
        folder=folder,
        lines=lines(course=course),
        wording=Wording(course=course, exhibits={"a.txt": "EX/1"}),
        cover=cover,
        frame=FRAME,
        volume_lines=volume_lines,
    )
    return [[page.extract_text() for page in PdfReader(path).pages] for path in paths]


def days(count: int) -> list[Record]:
    return [record(f"message number {day}.", at=f"2024-03-{day:02d} 08:00") for day in range(1, count + 1)]


def test_a_volume_opens_with_its_cover_and_holds_every_entry(tmp_path: Path) -> None:
    course = charted(
        [
            *days(3),
            record("far off", at="2024-03-20 08:00", recipients=("Robin Example",), flags=(Flag.EDITED,)),
        ]
    )

    text = "\n".join(volumes(tmp_path, course)[0])

    for wanted in (
        *(
            "This is a selection.",
            "What was recorded",
            "Occasion 1: 1 Mar 2024 08:00. 1 message",
            "message number 3.",
        ),
        *(
            "No recorded contact from the subject 4 Mar 2024 to 19 Mar 2024 (16 days)",
            "to Robin Example",
            "[edited]",
        ),
        *("EX/1 line 4", "page 1", "Custody log up to this volume 0123", "volume 1"),
    ):
        assert wanted in text


def test_more_lines_than_a_volume_holds_make_another(tmp_path: Path) -> None:
    # 12 lines: an occasion and an entry for each of six days two apart would add gaps, so days in a row
    made = volumes(tmp_path, charted(days(6)), volume_lines=5)

    assert len(made) == 3
    text = "\n".join(page for volume in made for page in volume)
    assert [text.count(f"message number {day}.") for day in range(1, 7)] == [1] * 6
    assert "Volume 2, continued" in made[1][0]
    assert "This is a selection." not in made[1][0]


def test_a_message_longer_than_a_page_goes_on_and_each_page_has_headings(tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(1_100)]

    pages = volumes(
        tmp_path,
        charted([record("\n".join(words[:300])), record(" ".join(words[300:]), at="2024-03-01 09:00")]),
    )[0]

    text = " ".join("\n".join(pages).split())
    assert all(text.count(f"{word} ") + text.endswith(word) >= 1 for word in words)
    assert all("What was recorded" in page for page in pages)


def test_a_list_of_several_pages_has_its_headings_on_each(tmp_path: Path) -> None:
    rows = tuple((f"row {number}.", "a reason") for number in range(1, 91))

    first, second, third, *_ = volumes(
        tmp_path, charted(days(1)), cover=[Listing(("What", "Why it is listed"), (0.5, 0.5), rows)]
    )[0]

    assert [page.count("Why it is listed") for page in (first, second, third)] == [1, 1, 1]
    assert "row 90." in third


def test_the_same_lines_make_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()

    volumes(tmp_path / "one", charted(days(3)))
    volumes(tmp_path / "other", charted(days(3)))

    assert (tmp_path / "one" / "chronology-01.pdf").read_bytes() == (
        tmp_path / "other" / "chronology-01.pdf"
    ).read_bytes()


def test_a_course_without_any_line_is_still_a_volume(tmp_path: Path) -> None:
    paths = write_volumes(
        folder=tmp_path,
        lines=iter([]),
        wording=Wording(course=charted(days(1)), exhibits={"a.txt": "EX/1"}),
        cover=COVER,
        frame=FRAME,
    )

    assert [path.name for path in paths] == ["chronology-01.pdf"]


def test_a_very_long_text_is_folded_and_says_by_how_much(tmp_path: Path) -> None:
    pages = volumes(tmp_path, charted([record("x" * 9_000)]))[0]

    assert "[1,000 more characters are in chronology.csv]" in "".join(pages)
