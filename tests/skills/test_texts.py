"""The skills in depth: in three forms, easy to read, about the five subjects, and honest about who has read them."""

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from desist.letters import Variant
from desist.public import reading
from desist.skills import catalogue, texts
from desist.skills.texts import InDepth, Subject

#: what a sentence about others must never advise
NEVER = re.compile(
    r"\b(?:apologi[sz]e|say sorry|write to them|ring them up|explain yourself)\b", re.IGNORECASE
)
TO_REVIEW = Path(__file__).parents[2] / "docs/howto/paper-between-sessions.md"


@pytest.fixture(params=texts.library().values(), ids=lambda one: one.key)
def known(request: pytest.FixtureRequest) -> InDepth:
    found: InDepth = request.param
    return found


def said(known: InDepth, variant: Variant) -> str:
    """What a form of a skill says, each line as a sentence."""
    lines = known.texts[variant].printed[1:]
    return " ".join(line if line[-1] in ".:?!”" else f"{line}." for line in lines)


def test_about_twelve_skills_of_the_catalogue_have_more() -> None:
    files = {one.name for one in (resources.files("desist.skills") / "words").iterdir()}

    assert files == {f"{key}.toml" for key in texts.library()}
    assert len(texts.library()) >= 12
    assert [key for key, _ in texts.choices()] == [key for key in catalogue.BY_KEY if key in texts.library()]


def test_a_reader_of_eleven_years_understands_them(known: InDepth) -> None:
    assert reading.age(said(known, Variant.PLAIN)) <= reading.AGE
    assert reading.age(said(known, Variant.EASY)) <= reading.AGE - 2


def test_each_has_all_its_parts_in_each_form(known: InDepth) -> None:
    for variant in Variant:
        one = known.texts[variant]
        assert one.name
        assert one.why
        assert len(one.steps) >= 4
        assert one.examples
        assert len(one.worksheet) >= 2
        assert len(one.script.split()) >= 30
    assert len(known.texts[Variant.PLAIN].script.split()) >= 50
    assert known.texts[Variant.WELSH].name != known.texts[Variant.PLAIN].name


def test_easy_read_has_short_sentences(known: InDepth) -> None:
    for sentence in re.split(r"(?<=[.?!:])\s", said(known, Variant.EASY)):
        assert len(sentence.split()) <= 12, sentence


def test_no_text_advises_contact(known: InDepth) -> None:
    assert not NEVER.search(said(known, Variant.PLAIN))


def test_the_examples_are_about_every_subject() -> None:
    plain = [one.texts[Variant.PLAIN] for one in texts.library().values()]

    assert {example.subject for one in plain for example in one.examples} == set(Subject)


def test_what_nobody_has_reviewed_is_listed_in_the_documentation() -> None:
    listed = TO_REVIEW.read_text("utf-8")

    for one in texts.library().values():
        if one.waiting:
            waits = ", ".join(str(variant.label).lower() for variant in one.waiting)
            assert f"| {catalogue.name(one.key)} | {one.version} | {waits} |" in listed


@pytest.mark.parametrize(
    "broken",
    [
        'version = "1"\nwritten = 2026-11-30',
        "version = 1\nwritten = 'today'",
        "version = 1\nwritten = 2026-11-30\nplain = 1",
    ],
)
def test_a_file_that_is_wrong_says_which(broken: str) -> None:
    with pytest.raises(TypeError, match="ride"):
        texts.read(catalogue.BY_KEY["ride"], tomllib.loads(broken))
