"""Handles are brought to people only where a number, an address or a person says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages.chronicle.tests.casework import corpus, record

from desist_chronicle.people import People, Role, UnknownPersonError, canonical, identify, senders
from desist_chronicle.records import Direction


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("07700 900123", "+447700900123"),
        ("\u202a+44 7700 900123\u202c", "+447700900123"),
        ("(020) 7946 0018", "+442079460018"),
        ("60060", "60060"),
        ("+()-.. ", "+()-.."),
        ("Sam  SAMPLE", "sam sample"),
        ("Zoe\u0308", "zoë"),
        ("Sam Sample <Sam@Example.org>", "sam@example.org"),
        ("SAM@example.org", "sam@example.org"),
    ],
)
def test_a_handle_has_one_spelling(written: str, plain: str) -> None:
    assert canonical(written) == plain


def test_a_number_without_country_code_belongs_to_the_region() -> None:
    assert canonical("030 901820", region="DE") == "+4930901820"


@given(st.text(max_size=12))
def test_the_one_spelling_of_a_spelling_is_itself(handle: str) -> None:
    once = canonical(handle)

    assert canonical(once) == once


def test_one_person_under_several_handles_is_one_person() -> None:
    held = corpus([record(sender="07700 900123"), record(sender="Sam Sample"), record(sender="Kit")])

    found = identify(corpus=held, people=People(subject=("Sam Sample", "+447700900123"), owner=("Robin",)))

    assert found.sender.tolist() == [0, 0, 2]
    assert [Role(role) for role in found.role] == [Role.SUBJECT, Role.SUBJECT, Role.OTHER]
    assert found.names == ("Sam Sample", "Robin", "Kit")


def test_what_the_owner_sent_is_the_owners_whatever_the_name() -> None:
    held = corpus([record(sender="Me", direction=Direction.SENT), record(direction=Direction.SENT)])

    found = identify(corpus=held, people=People(subject=("Sam Sample",)))

    assert [Role(role) for role in found.role] == [Role.OWNER, Role.SUBJECT]
    assert found.names[1] == "the owner of the export"


def test_a_third_party_keeps_a_name_and_a_role() -> None:
    held = corpus([record(), record(sender="Lee"), record(sender="Robin")])

    found = identify(
        corpus=held, people=People(subject=("Sam Sample",), owner=("Robin",), third_parties=("lee",))
    )

    assert [Role(role) for role in found.role] == [Role.SUBJECT, Role.THIRD_PARTY, Role.OWNER]


def test_the_subject_may_be_only_a_recipient() -> None:
    held = corpus([record(sender="Robin", recipients=("Sam Sample",))])

    found = identify(corpus=held, people=People(subject=("Sam Sample",)))

    assert found.recipients == (frozenset({0}),)


def test_a_subject_that_is_nowhere_is_said_with_who_was_found() -> None:
    held = corpus([record(sender="Kit"), record(sender="Kit"), record(sender="")])

    with pytest.raises(UnknownPersonError, match=r"from or to “Sam”. Senders found: “Kit” \(2\)"):
        identify(corpus=held, people=People(subject=("Sam",)))


def test_no_record_at_all_is_said() -> None:
    with pytest.raises(UnknownPersonError, match="Senders found: none"):
        identify(corpus=corpus([]), people=People(subject=("Sam",)))


def test_one_handle_cannot_stand_on_two_sides() -> None:
    with pytest.raises(UnknownPersonError, match="both as subject and as owner"):
        People(subject=("07700 900123",), owner=("+44 7700 900123",)).roles()


def test_senders_are_listed_most_first() -> None:
    held = corpus([record(sender="Kit"), record(), record(), record(sender="")])

    assert senders(corpus=held) == [("Sam Sample", 2), ("Kit", 1)]


def test_one_number_in_two_spellings_is_one_person() -> None:
    held = corpus([record(), record(sender="07700 900999"), record(sender="+44 7700 900999")])

    found = identify(corpus=held, people=People(subject=("Sam Sample",)))

    assert found.sender.tolist() == [0, 2, 2]
