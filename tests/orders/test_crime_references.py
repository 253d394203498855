"""A crime reference is the force’s own number, never a name and never a locator."""

import pytest

from desist.orders.crime_references import NotACrimeReference, crime_reference, known


@pytest.mark.parametrize(
    ("typed", "stored"), [(" 45/01234/26 ", "45/01234/26"), ("nm-2026-004711", "NM-2026-004711")]
)
def test_a_crime_reference_is_kept_in_capitals(typed: str, stored: str) -> None:
    assert crime_reference(typed) == stored


@pytest.mark.parametrize(("typed", "found"), [("45/01234/26", "45/01234/26"), ("Robin", ""), ("", "")])
def test_what_was_typed_before_is_a_crime_reference_or_nothing(typed: str, found: str) -> None:
    assert known(typed) == found


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Robin Example", "looks like a name"),
        ("ROBIN 123", "looks like a name"),
        ("NM12 4QX 77", "a postcode"),
        ("01632 960123", "a telephone number"),
        ("victim: 123", "capital letters, digits"),
        ("1" * 25, "at most 24"),
    ],
)
def test_a_name_or_a_locator_is_no_crime_reference(typed: str, sentence: str) -> None:
    with pytest.raises(NotACrimeReference, match=sentence):
        crime_reference(typed)
