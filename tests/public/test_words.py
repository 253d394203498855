"""Numbers, reading age, Markdown and charts: the small rules behind every page."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from desist.public import charts, reading
from desist.public.content import TELLING
from desist.public.markdown import Links, Reference, Writer, slug
from desist.public.numbers import untraced
from desist.public.problems import Found
from desist_evaluation.figures import load


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("As many as 1.5 million", "1.5"),
        ("some forty people", "forty"),
        ("half of them", "half of"),
        ("mae pump ohonynt", "pump"),
        ("look for FOUR signs", ""),
        ("one person at a time", ""),
        ("weigh the tenth part", ""),
        ("often", ""),
    ],
)
def test_numbers_are_found_in_digits_and_words(text: str, number: str) -> None:
    assert untraced(text) == number


@given(st.text(max_size=60), st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_no_digit_slips_through(text: str, number: int) -> None:
    assert untraced(f"{text} {number} {text}")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("stalking", 2),
        ("police", 2),
        ("message", 2),
        ("repeated", 3),
        ("pages", 2),
        ("table", 2),
        ("asked", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert reading.syllables(word) == count


def test_short_words_in_short_sentences_read_young() -> None:
    easy = "The cat sat on the mat. It was a big mat. " * 8
    hard = "Organisational considerations necessitate comprehensive interdepartmental deliberation " * 9

    assert reading.age(easy) < 7
    assert reading.age(hard) > 25


def test_every_page_for_everybody_reads_as_for_eleven(shipped: Path) -> None:
    pages = (
        shipped / name / "index.html" for name in ("what-it-is", "if-it-happens", "your-behaviour", "orders")
    )

    for page in pages:
        paragraphs = html.document_fromstring(page.read_text("utf-8")).iter("p")
        assert reading.age(" ".join("".join(map(str, p.itertext())) for p in paragraphs)) <= 11.5


@given(st.text(alphabet="ab{} :[]()!#*<>&\"'`|\n-", max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_text_of_an_editor_breaks_the_page(text: str) -> None:
    found = Found()
    writer = Writer(path=Path("x.md"), references={}, links=Links({}, {}), found=found)

    rendered = writer.render(text, first_line=1)

    assert "<script" not in rendered.html


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_what_a_reference_gives_is_put_out_as_it_stands(words: str) -> None:
    safe = "".join(letter for letter in words if letter.isalnum())
    references = {"say": Reference(lambda: f"<b>{safe}</b>")}
    writer = Writer(path=Path("x.md"), references=references, links=Links({}, {}), found=Found())

    assert writer.render("{say}", first_line=1).html == f"<p><b>{safe}</b></p>\n"


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_an_anchor_is_always_a_plain_word(words: str) -> None:
    assert slug(words).replace("-", "").isalnum()
    assert slug(words).isascii()


def test_bars_share_one_scale_and_whiskers_stay_inside() -> None:
    figures = [load()[f"orders-rate-{force}-2021"] for force in ("kent", "surrey", "sussex")]

    drawn = charts.bars(figures, charts.labels(figures))

    assert charts.labels(figures) == ["Kent", "Surrey", "Sussex"]
    assert max(bar.high or 0 for bar in drawn.bars) == 98
    assert all((bar.low or 0) < bar.share < (bar.high or 0) for bar in drawn.bars)
    assert drawn.height > drawn.bars[-1].bottom


@pytest.mark.parametrize(
    ("longest", "marks"),
    [
        (3.65, [0, 1, 2, 3]),
        (1987, [0, 500, 1000, 1500]),
        (2.78, [0, 1, 2]),
        (8, [0, 2, 4, 6, 8]),
        (1, [0, 0.5, 1]),
    ],
)
def test_an_axis_has_round_numbers_from_nothing(longest: float, marks: list[float]) -> None:
    assert charts.scale(longest) == marks


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_an_axis_has_few_marks_and_none_past_its_end(longest: float) -> None:
    marks = charts.scale(longest)

    assert marks[0] == 0
    assert 2 <= len(marks) <= charts.MARKS + 1
    assert marks[-1] <= longest * (1 + 1e-6)


def test_each_area_has_a_line_from_its_first_year_to_its_last() -> None:
    keys = [f"recorded-{area}-{year}" for area in ("kent", "sussex") for year in (2018, 2016, 2020)]

    drawn = charts.lines([load()[key] for key in keys])

    assert [line.name for line in drawn.lines] == ["Kent", "Sussex"]
    for line in drawn.lines:
        assert [point.x for point in line.points] == sorted(point.x for point in line.points)
        assert [point.next_x for point in line.points] == [*(point.x for point in line.points[1:]), None]
    assert [mark.words for mark in drawn.across] == ["2016", "2018", "2020"]
    assert drawn.lines[1].points[-1].y == charts.ABOVE  # the highest of all
    assert drawn.lines[0].points[0].x == charts.BEGIN


def test_names_at_the_ends_of_lines_never_touch() -> None:
    near = [charts.Line(name, y, ()) for name, y in (("Kent", 100.0), ("Surrey", 104.0), ("Sussex", 99.0))]

    placed = charts.apart(near)

    heights = sorted(line.name_y for line in placed)
    assert [line.name for line in placed] == ["Kent", "Surrey", "Sussex"]
    assert all(after - before >= charts.APART for before, after in itertools.pairwise(heights))


@pytest.mark.parametrize("words", ["Stalking help", "Domestic abuse", "Heddlu lleol", "Trais"])
def test_words_that_give_the_subject_away_are_known_in_both_languages(words: str) -> None:
    assert TELLING.search(words)
