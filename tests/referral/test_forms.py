"""The sections of a referral: what is kept, what is refused, what is asked about."""

from datetime import date
from typing import Any

import pytest
from django.db.models import TextChoices
from hypothesis import given
from hypothesis import strategies as st

from desist.referral import answers, forms, lists, orders
from desist.referral.answers import NAMES, SECTIONS
from desist.referral.lists import OrderKind
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience, FalseAlarm, Override

TODAY = date(2026, 3, 3)
PERSON = {
    "given_names": "Robin",
    "family_name": "Example",
    "born-day": "28",
    "born-month": "2",
    "born-year": "1990",
}
BEHAVIOUR = {
    "behaviours": ["following"],
    "channels": ["email"],
    "methods": ["none"],
    "relationship": "ex_partner",
    "behaviour_account": "Followed on three days.",
}


def person(**typed: str) -> forms.SectionForm:
    return forms.Person({**PERSON, **typed}, today=TODAY)


def behaviour(**typed: Any) -> forms.SectionForm:
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    for name, value in {**BEHAVIOUR, **typed}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return forms.Behaviour(data)


def test_the_forms_ask_for_exactly_what_the_sections_name() -> None:
    for section in SECTIONS:
        asked = {name for name in forms.FORMS[section.key].base_fields if not name.startswith("until_")}

        assert asked == set(section.names)


def test_every_list_says_where_it_comes_from() -> None:
    named = {
        name for name, one in vars(lists).items() if isinstance(one, type) and issubclass(one, TextChoices)
    }

    assert named - {"TextChoices"} == set(lists.SOURCES)


def test_a_number_whose_letter_does_not_fit_warns_and_is_kept() -> None:
    form = person(pnc="2003/0062845F")

    assert form.is_valid()
    assert form.answers()["pnc"] == "2003/0062845F"
    assert "kept as unverified" in form.warnings()[0]
    assert answers.words("pnc", "2003/0062845F") == "2003/0062845F (unverified)"


def test_neither_number_is_required_and_a_right_one_is_not_spoken_of() -> None:
    assert person().is_valid()

    right = person(pnc="03/62845e", cro="265416/21g")

    assert right.is_valid()
    assert right.warnings() == ()
    assert right.answers()["pnc"] == "03/0062845E"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"born-year": "2027"}, "future"),
        ({"born-year": "2020"}, "younger than 10"),
        ({"born-day": "31"}, "31 February 1990 is not a date"),
        ({"born-year": "1890"}, "on or after 1 January 1900"),
        ({"pnc": "nonsense"}, "looks like 2003/0062845E"),
        ({"given_names": "Ro\x00bin"}, "cannot be shown"),
        ({"given_names": "R" * 1_000_000}, "100 characters or fewer"),
        ({"aliases": "\n".join("abcdefghijkl")}, "at most 10"),
        ({"aliases": "a" * 101}, "longer than 100"),
    ],
)
def test_what_cannot_be_is_refused_in_words(typed: dict[str, str], sentence: str) -> None:
    form = person(**typed)

    assert not form.is_valid()
    assert sentence in str(form.errors)


def test_emoji_and_right_to_left_names_are_names() -> None:
    form = person(given_names="שירה 😀", aliases="ali\n\n ali \nبدر")

    assert form.is_valid()
    assert form.answers()["aliases"] == ["ali", "بدر"]


@pytest.mark.parametrize(
    "words", ["Waits at 14 Otterfell Road", "TN34 1EZ", "07700 900123", "lark@harbour.example"]
)
def test_free_text_that_may_lead_to_the_victim_is_asked_about(words: str) -> None:
    form = behaviour(behaviour_account=words)

    assert not form.is_valid()
    assert "Reword it, or say why it is safe to keep" in str(form.errors)
    assert form.asks


def test_a_false_alarm_is_answered_for_with_a_reason_and_without_the_words() -> None:
    form = behaviour(behaviour_account="Reported at 14 Otterfell Road", false_alarm="agency")

    assert form.is_valid()
    assert form.override() == Override(FalseAlarm.AGENCY, ("address",))
    assert "false_alarm" not in form.answers()


def test_a_witness_explains_words_that_cross_and_a_picture_none() -> None:
    crossing = behaviour(behaviour_account="Reported by Jo, 14 Otterfell Road", false_alarm="witness")
    picture = behaviour(behaviour_account="Reported at 14 Otterfell Road", false_alarm="picture")

    assert crossing.is_valid()
    assert crossing.override() == Override(FalseAlarm.WITNESS, ("address",))
    assert not picture.is_valid()
    assert picture.safe.errors


@pytest.mark.parametrize(
    ("audiences", "offered"),
    [
        ([Audience.CROSSES], True),
        ([Audience.CROSSES, Audience.STAYS], True),
        ([Audience.SHOWN], False),
        ([Audience.CROSSES, Audience.SHOWN], False),
    ],
)
def test_a_witness_is_no_reason_where_the_person_reads_words_of_the_page(
    audiences: list[Audience], *, offered: bool
) -> None:
    form = Form({"0": "14 Otterfell Road"})
    form.fields = {
        str(number): fields.Text(label="Words", required=False, audience=one)
        for number, one in enumerate(audiences)
    }

    choices = dict(form.safe.fields["false_alarm"].choices)  # type: ignore[attr-defined]  # a choice

    assert ("witness" in choices) is offered
    assert "picture" not in choices


def test_a_reason_without_an_alarm_is_for_no_words() -> None:
    form = behaviour(false_alarm="agency")

    assert form.is_valid()
    assert form.override() == Override(FalseAlarm.AGENCY, ())


def test_what_is_read_is_what_an_answer_says_in_words_of_its_own() -> None:
    crossing = {
        name
        for form in forms.FORMS.values()
        for name, field in form.base_fields.items()
        if getattr(field, "audience", None) is Audience.CROSSES
    }

    assert crossing == set(answers.FREE)


def test_none_of_these_goes_with_nothing_else() -> None:
    form = behaviour(methods=["none", "tracker"])

    assert not form.is_valid()
    assert "Choose either “None of these” or the others" in str(form.errors)


def test_an_order_keeps_its_last_day() -> None:
    from django.http import QueryDict

    data = QueryDict(
        "offence_kind=stalking&orders=restraining&until_restraining-day=1&until_restraining-month=3"
        "&until_restraining-year=2027&orders=bail&until_licence-day=9&until_licence-month=9&until_licence-year=2027"
    )

    form = forms.Offence(data)

    assert form.is_valid(), form.errors
    assert form.answers()["orders"] == ["restraining 2027-03-01", "bail"]
    assert (
        answers.words("orders", form.answers()["orders"])
        == "Restraining order, until 1 March 2027\nBail conditions"
    )


def test_an_order_is_drawn_again_as_it_was_kept() -> None:
    form = forms.Offence(initial={"orders": ["restraining 2027-03-01"]})

    assert form["orders"].value() == ["restraining"]
    assert form["until_restraining"].value() == date(2027, 3, 1)


def test_people_who_refer_themselves_need_nobody_behind_them() -> None:
    assert forms.Contact({"referrer_kind": "self"}).is_valid()
    assert not forms.Contact({"referrer_kind": "police"}).is_valid()


JUDGED = {"risk_tool": "s_dash", "risk_result": "High", "risk_rater": "Ash Vale", "risk_to": ["victim"]}
RATED = {f"risk_rated_on-{part}": text for part, text in (("day", "2"), ("month", "3"), ("year", "2026"))}


def risk(**typed: Any) -> forms.Risk:
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return forms.Risk(data, today=TODAY)


def test_a_judgement_with_a_tool_says_what_was_concluded_by_whom_and_when() -> None:
    assert risk(**JUDGED, **RATED).is_valid()
    assert set(risk(risk_tool="s_dash").errors) == {"risk_result", "risk_rater", "risk_rated_on", "risk_to"}
    assert set(risk(**JUDGED, **{**RATED, "risk_rated_on-year": "2027"}).errors) == {"risk_rated_on"}
    assert set(risk(**{**JUDGED, "risk_to": ["victim", "none"]}, **RATED).errors) == {"risk_to"}


def test_where_no_tool_was_used_nothing_is_asked_of_its_result() -> None:
    form = risk(risk_tool="none", risk_to=["none"], self_harm="None known")

    assert form.is_valid(), form.errors
    assert form.answers()["risk_rated_on"] is None
    assert answers.BY_KEY["risk"].missing({**answers.empty(), **form.answers()}) == ()
    assert answers.BY_KEY["risk"].missing({**answers.empty(), "risk_tool": "dash"})[0] == "risk_result"


@pytest.mark.parametrize("name", ["risk_result", "risk_when", "risk_increases", "risk_reduces", "self_harm"])
def test_each_word_of_a_judgement_that_crosses_is_read_for_places(name: str) -> None:
    typed = {**JUDGED, **RATED, name: "Worse near 12 Quarry Lane"}

    assert name in risk(**typed).errors
    assert risk(**typed, false_alarm="agency").is_valid()


def test_the_day_of_a_judgement_crosses_as_text_or_as_nothing() -> None:
    class Sent:
        def __init__(self, **said: Any) -> None:
            vars(self).update(answers.crossing({**answers.empty(), **said}))

    assert answers.crossed(Sent(risk_rated_on=TODAY))["risk_rated_on"] == TODAY
    assert answers.crossed(Sent())["risk_rated_on"] is None
    wrong = Sent()
    vars(wrong)["risk_rated_on"] = "yesterday"
    with pytest.raises(answers.UnknownCode, match="risk_rated_on"):
        answers.crossed(wrong)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"own_phone": "+44 7700 900123"}, {"own_phone": "07700 900123"}),
        ({"own_postcode": "tn341ez"}, {"own_postcode": "TN34 1EZ"}),
        ({"own_email": " robin@example.org "}, {"own_email": "robin@example.org"}),
    ],
)
def test_contact_details_are_kept_in_their_usual_form(typed: dict[str, str], kept: dict[str, str]) -> None:
    form = forms.Reach({"contact_by": "phone", **typed})

    assert form.is_valid()
    assert kept.items() <= form.answers().items()


@pytest.mark.parametrize(
    ("name", "typed"),
    [("own_phone", "hello"), ("own_phone", "12"), ("own_email", "robin@"), ("own_postcode", "TN34")],
)
def test_contact_details_of_another_form_are_refused(name: str, typed: str) -> None:
    assert name in forms.Reach({"contact_by": "phone", name: typed}).errors


@given(st.lists(st.sampled_from(list(OrderKind)), unique=True), st.dates())
def test_orders_are_read_as_they_were_written(kinds: list[OrderKind], ends: date) -> None:
    written = [orders.Order(kind, ends if number % 2 else None) for number, kind in enumerate(kinds)]

    assert list(orders.read(written=[one.written for one in written])) == written


def test_answers_survive_being_stored_as_json() -> None:
    given_answers = {**answers.empty(), "born": TODAY, "aliases": ["A"], "family_name": "Example"}

    assert answers.from_json(answers.to_json(given_answers)) == given_answers
    assert set(given_answers) == set(NAMES)


def test_a_section_is_todo_then_started_then_done() -> None:
    section = answers.BY_KEY["person"]
    blank = answers.empty()

    states = [
        section.state(blank),
        section.state({**blank, "pnc": "2003/0062845E"}),
        section.state({**blank, "given_names": "R", "family_name": "E", "born": TODAY}),
    ]

    assert states == ["todo", "started", "done"]
