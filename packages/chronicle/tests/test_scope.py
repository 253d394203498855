"""What is chosen is said, and what is left out is listed."""

from datetime import date

import pytest
from packages.chronicle.tests.casework import charted, record

from desist_chronicle.outputs.notes import scope_sentence
from desist_chronicle.scope import EmptyScopeError, Scope, Unused

TOLD = [
    record(at="2024-03-01 08:00"),
    record(at="2024-03-02 00:00", sender="Robin Example"),
    record(at="2024-03-03 23:59"),
    record(at=None),
    record(source="kit.txt", sender="Kit", at="2024-02-01 10:00"),
    record(source="kit.txt", sender="Kit", at=None),
]


def test_without_a_choice_every_conversation_with_the_subject_is_shown() -> None:
    found = charted(TOLD)

    assert found.shown.tolist() == [True] * 4 + [False] * 2
    assert found.selection == "This is a selection: it shows 4 of the 6 records in the sources."
    assert found.unused == (
        Unused("kit.txt", "the subject is not in this conversation", 2, date(2024, 2, 1), date(2024, 2, 1)),
    )


def test_everything_shown_is_said_to_be_everything() -> None:
    assert charted(TOLD[:4]).selection == "This shows every one of the 4 records in the sources."


def test_days_are_chosen_with_both_ends() -> None:
    found = charted(TOLD, scope=Scope(first=date(2024, 3, 2), last=date(2024, 3, 3)))

    assert found.shown.tolist() == [False, True, True, False, False, False]
    assert {item.reason for item in found.unused} >= {
        "outside the chosen dates",
        "has no date, and dates were chosen",
    }
    assert Unused("a.txt", "has no date, and dates were chosen", 1, None, None) in found.unused


def test_one_end_is_enough() -> None:
    assert charted(TOLD, scope=Scope(first=date(2024, 3, 2))).shown.sum() == 2
    assert charted(TOLD, scope=Scope(last=date(2024, 3, 1))).shown.sum() == 1


def test_a_conversation_is_chosen_by_a_part_of_its_name() -> None:
    found = charted(TOLD, scope=Scope(threads=("KIT",)))

    assert found.shown.tolist() == [False] * 4 + [True] * 2


def test_one_side_only_says_that_it_is_one_sided() -> None:
    found = charted(TOLD, scope=Scope(subject_side_only=True))

    assert found.shown.tolist() == [True, False, True, True, False, False]
    assert "It is one-sided: it shows what came from the subject and none of the 1 answers" in found.selection


def test_an_empty_choice_says_what_could_be_chosen() -> None:
    with pytest.raises(EmptyScopeError, match=r"Conversations: a\.txt; kit\.txt"):
        charted(TOLD, scope=Scope(threads=("nowhere",)))


def test_a_choice_by_hand_is_known_as_one() -> None:
    assert Scope(last=date(2024, 3, 1)).chosen_by_hand
    assert not Scope().chosen_by_hand


def test_the_period_is_what_was_chosen_or_what_is_shown() -> None:
    shown, chosen, undated = (
        charted(TOLD).period,
        charted(TOLD, scope=Scope(first=date(2024, 2, 1))).period,
        charted([record(at=None)]).period,
    )

    assert shown is not None
    assert (shown.first, shown.last) == (date(2024, 3, 1), date(2024, 3, 3))
    assert chosen is not None
    assert (chosen.first, chosen.last) == (date(2024, 2, 1), date(2024, 3, 3))
    assert undated is None


def test_records_that_a_person_chose_are_all_shown_though_they_are_copies_and_the_subject_wrote_none() -> (
    None
):
    twice = [
        record(f"I saw your light on {number}", source=source, sender="Kit", at=f"2024-03-01 08:0{number}")
        for source in ("a.txt", "b.txt")
        for number in range(5)
    ]

    chosen = Scope(one_by_one=True)

    assert charted([*TOLD, *twice], scope=chosen).shown.tolist() == [True] * 16
    assert not charted([*TOLD, *twice]).shown.all()
    found = charted(twice, scope=chosen)
    assert found.shown.all()
    assert not found.unused
    assert not charted([], scope=chosen).shown.any()
    assert scope_sentence(scope=chosen) == "Chosen: one by one, by the person who prepared this."
    assert chosen.chosen_by_hand
