"""A form guards against a second click and an old tab, and forgets what stands below a choice not made."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.http import QueryDict
from django.template import engines
from django.utils.datastructures import MultiValueDict
from tests.ui.sink import Ask, Narrow

from desist.ui import fields, moments
from desist.ui.forms import Form, NoChoice, NoDay

GOOD = {
    "name": "Robin Example",
    "born-day": "3",
    "born-month": "march",
    "born-year": "1986",
    "begins": "2:30pm",
    "outcome": "accept",
    "behaviours": ["follow", "message"],
    "order": "no",
    "area": "n",
    "sessions": "12",
    "agreed": "on",
}


def sent(**changes: str | list[str]) -> QueryDict:
    """What a browser sends: the good answers with some changed."""
    data = QueryDict(mutable=True)
    for name, value in {**GOOD, **changes}.items():
        data.setlist(name, [value] if isinstance(value, str) else list(value))
    return data


def draw(source: str, **context: Any) -> str:
    """A template's text as the one engine draws it."""
    return engines["jinja2"].from_string(source).render(context)


def test_good_answers_become_values() -> None:
    form = Ask(sent())

    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(1986, 3, 3)
    assert form.cleaned_data["begins"] == time(14, 30)
    assert form.cleaned_data["order"] is False


def test_what_stands_below_a_choice_not_made_is_forgotten() -> None:
    form = Ask(sent(who="Sam", reason="\x00"))

    assert form.is_valid(), form.errors
    assert (form.cleaned_data["reason"], form.cleaned_data["who"]) == ("", "")


def test_what_stands_below_a_choice_made_is_asked_for() -> None:
    form = Ask(sent(outcome="decline", behaviours=["other"]))

    assert not form.is_valid()
    assert set(form.errors) == {"reason", "behaviour"}


def test_a_form_that_was_not_sent_says_nothing_is_wrong_whatever_files_a_request_has() -> None:
    form = Ask(None, MultiValueDict())

    assert not form.is_bound
    assert not form.errors


def test_a_form_drawn_twice_has_two_tokens_and_a_form_sent_twice_has_one() -> None:
    drawn = Ask(), Ask()
    data = sent(form_submission=drawn[0].submission)

    again = Ask(data), Ask(data)

    assert drawn[0].submission != drawn[1].submission
    assert {form.submission for form in again} == {drawn[0].submission}


def test_a_sent_form_has_the_version_it_was_drawn_from_and_no_other() -> None:
    versions = [
        Ask(version=7).version,
        Ask(sent(form_version="6"), version=7).version,
        Ask(sent(), version=7).version,
        Ask(sent(form_version="9" * 4000), version=7).version,
    ]

    assert versions == [7, 6, None, None]


def test_what_happened_elsewhere_is_said_and_every_word_kept() -> None:
    form = Ask(sent())
    form.is_valid()

    form.keep("Someone else decided this referral at 2:32pm.")
    drawn = draw("{{ error_summary(form) }}{{ fields(form) }}", form=form)

    assert "Someone else decided this referral at 2:32pm. What you typed is kept below" in drawn
    assert 'value="Robin Example"' in drawn


def test_a_filter_asks_for_nothing() -> None:
    form = Narrow(QueryDict(""))

    assert form.is_valid()
    assert "(optional)" not in draw("{{ fields(form) }}", form=form)


def test_a_choice_can_offer_what_only_the_request_knows() -> None:
    form = Ask()

    form.offer("outcome", [("a", "Room A")], hints={"a": "Ground floor"})
    form.offer("area", [("w", "Westmere")])

    html = draw("{{ fields(form) }}", form=form)
    assert all(words in html for words in ("Room A", "Ground floor", "Westmere"))


def test_the_only_answer_is_chosen_already() -> None:
    form = Ask()

    form.offer("outcome", [("a", "Room A")])

    assert form["outcome"].value() == "a"


def test_a_field_that_is_no_choice_cannot_offer_any() -> None:
    with pytest.raises(NoChoice):
        Ask().offer("name", [("a", "A")])


class When(Form):
    """A form that asks for a day."""

    name = fields.Text(label="Name", required=False)
    day = moments.Day(label="The day")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2", "on or after 3 March 2026"),
        ("3", ""),
        ("5", ""),
        ("6", "on or before 5 March 2026"),
    ],
)
def test_a_day_lies_between_those_that_only_the_request_knows(typed: str, sentence: str) -> None:
    late = datetime(2026, 3, 5, 23, 59, tzinfo=UTC)
    form = When({"day-day": typed, "day-month": "3", "day-year": "2026"})

    form.limit("day", earliest=date(2026, 3, 3), latest=late)

    assert sentence in str(form.errors.get("day", ""))
    assert form.is_valid() == (not sentence)


def test_a_moment_counts_as_its_day_in_london() -> None:
    after_midnight_there = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    form = When({"day-day": "2", "day-month": "7", "day-year": "2026"})

    form.limit("day", latest=after_midnight_there)

    assert form.is_valid()


def test_of_two_limits_one_may_be_left_as_it_is_and_another_form_has_its_own() -> None:
    form = When({"day-day": "2", "day-month": "7", "day-year": "2026"})
    form.limit("day", latest=date(2026, 7, 1))

    form.limit("day", earliest=date(2026, 6, 1))

    assert not form.is_valid()
    assert When(form.data).is_valid()


def test_a_field_that_is_no_day_has_no_last_one() -> None:
    with pytest.raises(NoDay):
        When().limit("name", latest=date(2026, 3, 3))
