"""What could lead to the victim is found in conditions; what could not is left alone."""

import pytest

from desist.orders.locators import NotACrimeReference, crime_reference, find


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Not to enter 14 Heron Mill Lane", "a house and street"),
        ("Not to go within 100 m of Heron Mill Lane", "a street"),
        ("Not to enter NM12 4QX", "a postcode"),
        ("Not to telephone 01632 960 123", "a telephone number"),
        ("Not to telephone +44 7700 900123", "a telephone number"),
        ("Not to write to sam@example.org", "an e-mail address"),
        ("Not to enter Brackenfield Primary School", "a named place"),
        ("Not to enter the Alder Road", "a street"),
        ("Not to approach the car AB12 CDE", "a vehicle’s registration"),
        ("Not to go within 200 m of 51.50012, -0.12345", "a position"),
        ("Not to enter ///filled.count.soap", "three words of a position"),
        ("Not to enter flat 4", "a flat or house number"),
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
        "The person must not own more than 2 telephones",
        "Not to enter the area shown on the map A held by the court",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert find(text) == ()


def test_findings_do_not_overlap_and_keep_the_order_of_the_text() -> None:
    found = find("Not to enter Flat 3, 14 Heron Mill Lane, NM12 4QX, nor Mill Park")

    assert [finding.text for finding in found] == ["Flat 3", "14 Heron Mill Lane", "NM12 4QX", "Mill Park"]


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
