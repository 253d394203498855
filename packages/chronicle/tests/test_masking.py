"""What is to be masked is masked, and what slips through is found in the outputs."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist_chronicle.masking import Mask, Masks, is_own, leaks, replaced
from desist_chronicle.outputs.own_words import own_words


def mask(*terms: str, allowed: tuple[str, ...] = ()) -> Mask:
    return Mask(Masks(terms=terms, allowed=allowed))


@pytest.mark.parametrize(
    "written",
    [
        "07700 900123",
        "+44 7700-900.123",
        "(07700) 900123",
        "+44(0)7700900123",
        "\u0660\u0667\u0667\u0660\u0660\u0669\u0660\u0660\u0661\u0662\u0663",
    ],
)
def test_a_number_is_masked_however_it_is_written(written: str) -> None:
    assert mask().text(f"call {written} now") == "call [number] now"


def test_a_number_that_runs_into_words_is_masked() -> None:
    assert mask().text("tel07700900123thanks") == "tel[number]thanks"


@pytest.mark.parametrize("piece", ["a", "1", "1-", "1.1111 ", "http://", "@", "<@", "1.111" + " " * 50])
def test_no_text_takes_long_whoever_wrote_it(piece: str) -> None:
    text = piece * (200_000 // len(piece))

    began = process_time()
    mask("Maggie Helper").text(text)

    assert process_time() - began < 5


def test_a_link_that_is_no_map_stays() -> None:
    assert mask().text("see https://example.org/news") == "see https://example.org/news"


def test_days_and_small_numbers_are_no_telephone_numbers() -> None:
    text = "On 12.03.2024 and 2024-03-12 21:05, 12/3/24, 350 000 times"

    assert mask().text(text) == text


@pytest.mark.parametrize(
    "name",
    [
        "IMG-20240312-WA0001.jpg",
        "VID_20240312_210500.mp4",
        "PXL_20240312_210500123.jpg",
        "20240312_210500.jpg",
        "Screenshot_20240312-210500_WhatsApp.jpg",
        "photo_2024-03-12_21-05-00.jpg",
        "00000-PHOTO-2024-03-12-21-05-00.jpg",
        "signal-2024-03-12-210500.jpg",
        "WhatsApp Image 2024-03-12 at 21.05.00.jpeg",
        "Screenshot 2024-03-12 21.05.00.png",
        "photo (2024-03-12).jpg",
    ],
)
def test_the_date_in_a_photographs_name_is_no_number(name: str) -> None:
    one = mask()
    one.watch(["07700 900123"])

    assert one.text(name) == name
    assert one.numbers == {"07700900123"}
    assert leaks(mask=one, output=f"{name} on 2024-03-12T21:05:00+00:00, 12 Mar 2024 21:05") == []


@pytest.mark.parametrize(
    "number",
    [
        *("20241312", "20240230", "19991231 5", "0770-09-0012", "+20240312", "01273.09.12"),
        *("20240312-771234567", "12.03.2024 071234567", "20240312 07700900123", "20240312_0770090012"),
    ],
)
def test_a_number_that_is_written_like_a_date_is_masked(number: str) -> None:
    masked = mask().text(f"call {number} now")

    assert "[number]" in masked
    assert number not in masked


def test_a_number_is_masked_as_a_whole_where_it_is_named_with_its_words() -> None:
    one = mask("order no 1234567")

    assert one.text("my order no 1234567, call 07700 900123") == "my [masked], call [number]"
    assert one.numbers == {"07700900123"}


def test_a_run_of_digits_that_only_looks_like_a_day_is_masked() -> None:
    assert mask().text("07.70.0900 and 12.03.2024 07700900123") == "[number] and [number]"


def test_the_subjects_own_number_and_address_stay() -> None:
    one = mask(allowed=("+447700900123", "sam@example.org"))

    assert one.text("07700 900123 Sam@example.org") == "07700 900123 Sam@example.org"
    assert one.text("07700 900124 robin@example.org") == "[number] [address]"


@pytest.mark.parametrize(
    "place",
    [
        "BN1 1AA",
        "sw1a1aa",
        "50.8225, -0.1372",
        "///filled.count.soap",
        "https://maps.example/x?q=1",
        "https://w3w.co/a.b.c",
    ],
)
def test_places_are_masked(place: str) -> None:
    assert mask().text(f"at {place} today") == "at [place] today"


def test_terms_are_masked_whatever_the_case_and_the_spaces() -> None:
    assert mask("Maggie Helper").text("MAGGIE\n helper's house") == "[masked]'s house"


def test_short_terms_are_masked_as_whole_words_only() -> None:
    assert mask("Ann").text("Ann planned, ann.") == "[masked] planned, [masked]."


def test_the_longest_term_is_masked_first() -> None:
    assert mask("Helper", "Maggie Helper").text("Maggie Helper") == "[masked]"


@pytest.mark.parametrize(
    ("secret", "output"),
    [
        ("07700 900123", "ring 0044 7700\n900123 tonight"),
        ("robin@example.org", "to ROBIN@example.org"),
        ("BN1 1AA", "in bn1\n1aa"),
    ],
)
def test_what_was_masked_is_found_in_another_spelling(secret: str, output: str) -> None:
    one = mask()
    one.watch([secret])

    assert len(leaks(mask=one, output=output)) == 1
    assert leaks(mask=one, output="nothing here, 12.03.2024") == []


@pytest.mark.parametrize(
    "output",
    ["MAGGIE\nHelper", "Maggie Hel\nper", "\uff2d\uff41\uff47\uff47\uff49\uff45 Helper"],
)
def test_a_term_is_found_across_line_ends_and_in_other_letters(output: str) -> None:
    assert leaks(mask=mask("Maggie Helper"), output=output) == ["the term “Maggie Helper”"]


def test_a_term_in_a_right_to_left_script_is_found_as_it_is_drawn() -> None:
    assert leaks(mask=mask("שרה כהן"), output="ןהכ הרש") == ["the term “שרה כהן”"]


def test_a_short_term_inside_a_word_is_no_leak() -> None:
    assert leaks(mask=mask("Ann"), output="planned") == []


@given(st.text(max_size=60), st.from_regex(r"\+?[0-9]{7,13}", fullmatch=True), st.text(max_size=60))
def test_nothing_that_was_masked_is_left_anywhere(before: str, number: str, after: str) -> None:
    one = mask("Maggie Helper")

    masked = one.text(f"{before} {number} Maggie Helper {after}")

    assert leaks(mask=one, output=masked) == []
    assert one.text(masked) == masked


@pytest.mark.parametrize(
    ("term", "text", "shown"),
    [
        ("Zoë Müller", "Zoe\u0308 Mu\u0308ller was there", "[masked] was there"),
        ("Zoe\u0308 Mu\u0308ller", "Zoë Müller was there", "[masked] was there"),
        ("Maggie O'Brien", "Maggie O\u2019Brien was there", "[masked] was there"),
        ("Anne-Marie", "Anne\u2011Marie and Anne-Marie", "[masked] and [masked]"),
        ("Maggie Helper", "Mag\u200bgie Helper, Mag\u00adgie\u00a0Helper", "[masked], [masked]"),
        (
            "Ann",
            "Ann_birthday.jpg, AnnSmith.jpg, planned ANNUAL, ann",
            "[masked]_birthday.jpg, [masked]Smith.jpg, planned ANNUAL, [masked]",
        ),
        ("Große Straße", "GROSSE STRASSE 5", "[masked] 5"),
        ("Maggie", "\uff2d\uff41\uff47\uff47\uff49\uff45 here", "[masked] here"),
        ("Maggie \U0001f338", "Maggie\U0001f338 and Maggie \U0001f338", "[masked] and [masked]"),
    ],
)
def test_a_name_is_masked_in_every_form_in_which_it_is_written(term: str, text: str, shown: str) -> None:
    one = mask(term)

    assert one.text(text) == shown
    assert leaks(mask=one, output=text)
    assert not leaks(mask=one, output=shown)


@pytest.mark.parametrize(
    "name",
    [
        *("signal-2024-03-12-21-05-00-123.jpg", "20240312210500.jpg"),
        "Screenshot_2024-03-12-21-05-00-123_com.whatsapp.jpg",
    ],
)
def test_a_time_to_the_thousandth_in_a_name_is_no_number(name: str) -> None:
    assert mask().text(name) == name


def test_other_people_are_masked_where_messages_speak_of_them() -> None:
    one = mask()
    one.people(["Maggie Helper", "Mum", "Sample", "07700 900123", "m@example.org"], known=["Sam Sample"])

    said = one.text("Maggie helper told Mum, as every mum would, and Sam Sample")

    assert said == "[another person] told [another person], as every mum would, and Sam Sample"
    assert leaks(mask=one, output="I saw maggie helper") == ["the name of another person"]
    assert leaks(mask=one, output=said) == []
    assert leaks(mask=one, output="Mum", own="Mum is in the report") == []


def test_a_word_of_the_report_is_known_as_one() -> None:
    assert is_own("contact", own=own_words())
    assert not is_own("Maggie Helper", own=own_words())


@pytest.mark.parametrize("written", ["my sister Wren", "MY  SISTER\nwren", "my sis\u00adter Wren"])
def test_terms_are_replaced_by_what_stands_in_their_place_the_longest_first(written: str) -> None:
    terms = {"Wren": "[2]", "my sister Wren": "[1]"}

    assert replaced(text=f"I am with {written} now, and Wren", terms=terms) == "I am with [1] now, and [2]"
    assert replaced(text="nothing of it", terms=terms) == "nothing of it"
    assert replaced(text=written, terms={}) == written
