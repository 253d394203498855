"""Numbers, reading age, Markdown and charts: the small rules behind every page."""

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


@pytest.mark.parametrize("words", ["Stalking help", "Domestic abuse", "Heddlu lleol", "Trais"])
def test_words_that_give_the_subject_away_are_known_in_both_languages(words: str) -> None:
    assert TELLING.search(words)
