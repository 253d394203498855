"""Fields accept what people write, refuse the rest in a sentence, and never lose a word unseen."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import Field
from hypothesis import given
from hypothesis import strategies as st

from desist.ui import fields
from desist.ui.showable import UNSHOWABLE


def refusal(field: Field, value: object) -> str:
    """The sentence with which a field refuses a value."""
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return str(caught.value.messages[0])


@pytest.mark.parametrize("words", ["👩🏽‍⚖️ spoke first", "مرحبا", "Zoë O'Neill-Ngũgĩ", "\u200fright to left"])
def test_emoji_and_every_script_are_welcome(words: str) -> None:
    assert fields.Text(label="Name").clean(words) == words.strip()


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x9f", "\u202e", "\ufffe", "\U0001ffff"])
def test_a_character_that_no_screen_shows_is_refused_with_its_place(character: str) -> None:
    sentence = refusal(fields.LongText(label="Notes"), f"He said{character} no")

    assert sentence.startswith("There was a character here that cannot be shown, after “He said”.")


def test_a_character_at_the_very_start_is_refused_with_its_place() -> None:
    assert "at the start" in refusal(fields.Text(label="Name"), "\x07Robin")


def test_too_long_a_text_is_refused_with_the_limit_and_the_excess() -> None:
    sentence = refusal(fields.LongText(label="Notes", max_length=4000), "a" * 1_000_000)

    assert sentence == "Notes must be 4,000 characters or fewer. It has 1,000,000: take out 996,000."


def test_a_line_of_text_stays_one_line() -> None:
    assert fields.Text(label="Name").clean("Robin\r\nExample") == "Robin Example"


def test_line_ends_become_one_kind_and_accents_join_their_letters() -> None:
    assert fields.LongText(label="Notes").clean("Zoe\u0308\r\nleft\u2028early") == "Zoë\nleft\nearly"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_whatever_is_accepted_is_accepted_again_unchanged(words: str) -> None:
    field = fields.LongText(label="Notes", required=False)
    try:
        once = field.clean(words)
    except ValidationError:
        return

    assert field.clean(once) == once
    assert not UNSHOWABLE.search(once)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (fields.Text(label="Full name"), "Enter full name"),
        (fields.Text(label="DASH score"), "Enter DASH score"),
        (fields.Text(label="What happened?"), "Answer “What happened?”"),
        (fields.Text(label="Name", missing="Tell us the name"), "Tell us the name"),
        (fields.Choice(label="Outcome", choices=[("a", "A")]), "Choose outcome"),
        (fields.Choices(label="Behaviours", choices=[("a", "A")]), "Choose behaviours"),
        (fields.Pick(label="Area", choices=[("a", "A")]), "Choose area"),
        (fields.YesNo(label="In custody?"), "Choose yes or no for “In custody?”"),
        (fields.Tick(label="I have read it"), "Tick “I have read it” to continue"),
        (fields.Whole(label="Sessions"), "Enter sessions"),
    ],
)
def test_a_field_left_empty_says_what_to_do(field: Field, sentence: str) -> None:
    assert refusal(field, None) == sentence


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (fields.Choice(label="Outcome", choices=[("a", "A")]), "Choose one of the answers shown"),
        (fields.Pick(label="Area", choices=[("a", "A")]), "Choose one of the answers shown"),
        (fields.YesNo(label="In custody?"), "Choose yes or no"),
    ],
)
def test_an_answer_that_was_not_offered_is_refused(field: Field, sentence: str) -> None:
    assert refusal(field, "z") == sentence


def test_yes_and_no_become_true_and_false() -> None:
    field = fields.YesNo(label="In custody?", required=False)

    assert [field.clean("yes"), field.clean("no"), field.clean("")] == [True, False, None]


def test_yes_and_no_are_drawn_from_true_and_false() -> None:
    field = fields.YesNo(label="In custody?")

    assert [field.prepare_value(value) for value in (True, False, None, "yes")] == ["yes", "no", None, "yes"]


def test_a_whole_number_may_hold_commas() -> None:
    assert fields.Whole(label="Sessions", required=False).clean(" 1,200 ") == 1200


def test_no_number_is_none_when_it_may_be_left_empty() -> None:
    assert fields.Whole(label="Sessions", required=False).clean("") is None


@pytest.mark.parametrize("typed", ["3.5", "three", "1e3", "9" * 5000, "--1"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert refusal(fields.Whole(label="Sessions"), typed) == "Sessions must be a whole number, like 12"


def test_a_number_beyond_its_limits_is_refused_with_both() -> None:
    sentence = refusal(fields.Whole(label="Sessions", least=1, most=2400), "2401")

    assert sentence == "Sessions must be between 1 and 2,400"
