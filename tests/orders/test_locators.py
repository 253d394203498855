"""What could lead to the victim is found in conditions; what could not is left alone.

The shapes of locators are looked for in tests/test_locators.py.
"""

import pytest

from desist.orders.locators import NotACrimeReference, crime_reference, find


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Not to enter 14 Heron Mill Lane", "address"),
        ("Not to go within 100 m of Heron Mill Lane", "street"),
        ("Not to enter Brackenfield Primary School", "named place"),
        ("Not to enter the Alder Road", "street"),
        ("Not to enter the \N{FULLWIDTH LATIN CAPITAL LETTER A}lder Road", "street"),
        ("Not to enter Brackenfield\u200b School", "named place"),
        ("Not to enter flat 4", "address"),
    ],
)
def test_a_locator_is_found(text: str, kind: str) -> None:
    assert [finding.kind for finding in find(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Not to contact the protected person, directly or through anyone else",
        "To attend the Compulsive and Obsessive Behaviour Intervention for 12 sessions",
        "Not to enter any place where the protected person works",
        "Not to enter her home or her workplace",
        "To sign on at a police station every Monday at 10am",
        "Convicted at Northmere Magistrates’ Court on 3 May 2026 and at Lewes Crown Court",
        "The person must not own more than 2 telephones",
        "Not to enter the area shown on the map A held by the court",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert find(text) == ()


def test_findings_do_not_overlap_and_keep_the_order_of_the_text() -> None:
    found = find("Not to enter Flat 3, 14 Heron Mill Lane, NM12 4QX, nor Mill Park")

    assert [finding.words for finding in found] == ["Flat 3", "14 Heron Mill Lane", "NM12 4QX", "Mill Park"]


@pytest.mark.parametrize(
    ("typed", "stored"), [(" 45/01234/26 ", "45/01234/26"), ("nm-2026-004711", "NM-2026-004711")]
)
def test_a_crime_reference_is_kept_in_capitals(typed: str, stored: str) -> None:
    assert crime_reference(typed) == stored


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
