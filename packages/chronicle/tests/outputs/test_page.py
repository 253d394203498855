"""The one page holds what the volumes hold, and can do nothing."""

import io
from pathlib import Path

from packages.chronicle.tests.casework import charted, record
from PIL import Image

from desist_chronicle.chronology import heads, lines
from desist_chronicle.course import Course
from desist_chronicle.outputs.charts import Box, Chart, Stroke, Words
from desist_chronicle.outputs.cover import Facts, Listing, Paragraph, Picture, Pictures, Piece
from desist_chronicle.outputs.page import write_page
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.records import Flag

CHART = Chart(
    "Bars", "One bar.", 100, 50, (Box(0, 0, 5, 5, "#123456"), Stroke(0, 0, 1, 1), Words(1, 1, "<week>"))
)


def page(course: Course, pieces: list[Piece], *, whole: bool = True) -> str:
    to = io.StringIO()
    write_page(
        to=to,
        title="Course of conduct: Sam Sample",
        pieces=[Paragraph("Course of conduct: Sam Sample", heading=True), *pieces],
        lines=lines(course=course) if whole else heads(course=course),
        wording=Wording(course=course, exhibits={"a.txt": "EX/1"}),
        footer="Desist",
    )
    return to.getvalue()


TOLD = [
    record("<script>alert(1)</script>\nnext line\x00", flags=(Flag.EDITED,), recipients=("Robin Example",)),
    record("later \u05e9\u05dc\u05d5\u05dd", at="2024-03-20 08:00"),
]


def test_a_message_can_do_nothing_on_the_page() -> None:
    made = page(charted(TOLD), [])

    assert "<script" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\nnext line\u2039U+0000\u203a" in made
    assert "default-src 'none'" in made
    assert "http" not in made.replace('http-equiv="Content-Security-Policy"', "")


def test_every_line_of_the_chronology_is_on_the_page_once() -> None:
    made = page(charted(TOLD), [])

    assert made.count("<tr>") == 2 + 2
    assert made.count("<table>") == made.count("</table>") == 2
    assert "<h3>Occasion 1: 1 Mar 2024 08:00. 1 message</h3>" in made
    assert (
        '<p class="quiet">No recorded contact from the subject 2 Mar 2024 to 19 Mar 2024 (18 days)</p>'
        in made
    )
    assert '<span class="notes">[edited]</span>' in made
    assert "Sam Sample\nto Robin Example" in made


def test_the_page_of_occasions_has_no_entries() -> None:
    made = page(charted(TOLD), [], whole=False)

    assert made.count("<h3>") == 2
    assert "<table>" not in made


def test_each_piece_has_its_form(tmp_path: Path) -> None:
    file = tmp_path / "EX-1.jpg"
    Image.new("RGB", (900, 600), "red").save(file)
    pieces: list[Piece] = [
        Paragraph("NOT READ, though they may hold messages (1): x."),
        Paragraph("Plain."),
        Facts((("Days with contact", "3 of 9"),)),
        CHART,
        Listing(("Exhibit",), (1.0,), (("EX/1",),)),
        Pictures((Picture(file, "EX/1: a house"), Picture(None, "EX/2: a film"))),
    ]

    made = page(charted(TOLD), pieces)

    assert made.count("<h1>") == 1
    assert '<p class="unread">NOT READ' in made
    assert "<p>Plain.</p>" in made
    assert "<dt>Days with contact</dt><dd>3 of 9</dd>" in made
    assert 'role="img" aria-label="Bars. One bar."' in made
    assert "&lt;week&gt;</text>" in made
    assert '<th scope="col"><bdi>Exhibit</bdi></th>' in made
    assert made.count("data:image/jpeg;base64,") == 1
    assert "No picture can be made of it here." in made
