"""A form guards against a second click and an old tab, and forgets what stands below a choice not made."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.forms import CharField, FileField
from django.http import QueryDict
from django.template import engines
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st
from tests.ui.sink import Ask, Narrow

from desist.programme.sessions.forms import Record
from desist.ui import fields, moments
from desist.ui.copied import Shared, fixed
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


# Forms of which every field is the same in all of them


@fixed
class Always(Form):
    """A form that is made every few seconds."""

    name = fields.Text(label="Name")
    kind = fields.Pick(label="Kind", choices=[("a", "A")])


class Sometimes(Always):
    """One that goes its own way."""


def test_the_forms_of_a_fixed_class_have_the_same_fields() -> None:
    one, other = Always({"name": "Robin", "kind": "a"}), Always({"name": "", "kind": "b"})

    assert one.is_valid()
    assert set(other.errors) == {"name", "kind"}
    assert one.fields["name"] is other.fields["name"]


def change_label(form: Form) -> None:
    form.fields["name"].label = "Another"


def offer_more(form: Form) -> None:
    form.offer("kind", [("b", "B")])


def replace_field(form: Form) -> None:
    form.fields["name"] = fields.Text(label="Another")


def delete_field(form: Form) -> None:
    del form.fields["name"]


def take_field_out(form: Form) -> None:
    form.fields.pop("name")


def add_fields(form: Form) -> None:
    form.fields |= {"more": fields.Text(label="More")}


def fill_in(form: Form) -> None:
    form.fields["name"].widget.attrs["value"] = "Robin"


def complain(form: Form) -> None:
    form.fields["name"].error_messages["required"] = "Enter Robin's name"


def be_strict(form: Form) -> None:
    form.fields["name"].validators.append(print)


CHANGES = (
    *(change_label, offer_more, replace_field, delete_field, take_field_out, add_fields),
    *(fill_in, complain, be_strict),
)


@pytest.mark.parametrize("change", CHANGES)
def test_no_form_of_a_fixed_class_can_change_what_all_of_them_have(change: Callable[[Form], None]) -> None:
    with pytest.raises((TypeError, AttributeError)):
        change(Always())

    assert list(Always().fields) == ["name", "kind"]
    assert Always({"name": "", "kind": "a"}).errors["name"] == ["Enter name"]


@pytest.mark.parametrize("change", CHANGES)
def test_a_form_that_comes_of_a_fixed_one_has_fields_of_its_own(change: Callable[[Form], None]) -> None:
    change(Sometimes())

    assert Sometimes().fields["name"].label == "Name"
    assert Sometimes({"name": "Robin", "kind": "a"}).is_valid()
    assert not Sometimes({"name": "Robin", "kind": "b"}).is_valid()


def test_a_field_that_a_form_reads_in_a_way_of_its_own_cannot_be_fixed() -> None:
    class Own(Form):
        name = fields.Text(label="Name")

        def clean_name(self) -> str:
            return "Robin"

    class Switched(Form):
        name = fields.Text(label="Name")

    class Django(Form):
        name = CharField(label="Name")

    class Sorted(Always):
        field_order = ("kind", "name")

    class Filed(Form):
        letter = FileField(label="Letter")

    Switched.base_fields["name"].disabled = True
    for form in (Own, Switched, Django, Sorted, Filed):
        with pytest.raises(Shared):
            fixed(form)


ANSWERS = {
    "attendance": st.sampled_from(["", "attended", "missed", "forged"]),
    "minutes_late": st.sampled_from(["", "0", "7", "many", "900"]),
    "ended": st.sampled_from(["", "person", "planned", "forged"]),
    "minutes_held": st.sampled_from(["", "0", "20", "half"]),
    "missed_reason": st.sampled_from(["", "ill", "forged"]),
    "agenda": st.text(max_size=30),
    "debrief_wanted": st.sampled_from(["on", ""]),
}


@given(st.fixed_dictionaries({}, optional=ANSWERS))
def test_a_fixed_form_reads_what_django_would_have_read(sent: dict[str, str]) -> None:
    class Unfixed(Record):
        """With fields of its own, so that Django reads them."""

    one, other = Record(sent), Unfixed(sent)

    assert (one.errors, one.cleaned_data) == (other.errors, other.cleaned_data)
