"""Check letters of PNC and CRO numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist.referral import police_numbers
from desist.referral.police_numbers import LETTERS, NotANumber

YEARS = st.integers(0, 99).map(lambda year: f"{year:02d}")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2003/0062845E", "2003/0062845E"),
        (" 2003 / 62845e ", "2003/0062845E"),
        ("03/62845E", "03/0062845E"),
        ("20030062845E", "2003/0062845E"),
    ],
)
def test_a_pnc_number_is_kept_in_its_usual_form(typed: str, kept: str) -> None:
    number = police_numbers.pnc(text=typed)

    assert (number.text, number.verified) == (kept, True)


@pytest.mark.parametrize("typed", ["265416/21G", "SF05/482703J", "sf05/482703j"])
def test_a_cro_number_is_verified_with_or_without_prints(typed: str) -> None:
    assert police_numbers.cro(text=typed).verified


@pytest.mark.parametrize("typed", ["2003/0062845F", "2003/0062846E", "2004/0062845E"])
def test_one_wrong_place_is_unverified_and_kept(typed: str) -> None:
    number = police_numbers.pnc(text=typed)

    assert (number.text, number.verified) == (typed, False)


@pytest.mark.parametrize("typed", ["", "62845E", "2003/0062845", "2003/00628451E", "E", "20034/1A", "2003/A"])
def test_what_has_not_the_form_is_refused_and_shown_the_form(typed: str) -> None:
    with pytest.raises(NotANumber, match="2003/0062845E"):
        police_numbers.pnc(text=typed)


@pytest.mark.parametrize("typed", ["", "265416", "265416/21", "SF05482703J", "2654167/21G"])
def test_a_cro_number_of_another_form_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber, match="265416/21G"):
        police_numbers.cro(text=typed)


@given(YEARS, st.integers(1, 9_999_999))
def test_exactly_one_letter_fits_any_pnc_number(year: str, serial: int) -> None:
    fitting = [letter for letter in LETTERS if police_numbers.pnc(text=f"{year}/{serial}{letter}").verified]

    assert len(fitting) == 1


@given(YEARS, st.integers(1, 9_999_999), st.integers(0, 6), st.integers(1, 9))
def test_a_changed_digit_never_goes_unseen(year: str, serial: int, place: int, by: int) -> None:
    digits = f"{serial:07d}"
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    letter = police_numbers.check_letter(year + digits)

    assert not police_numbers.pnc(text=f"{year}/{wrong}{letter}").verified


@given(YEARS, st.integers(1, 999_999), st.sampled_from(LETTERS))
def test_what_is_kept_of_a_cro_number_is_read_the_same_again(year: str, serial: int, letter: str) -> None:
    for text in (f"{serial}/{year}{letter}", f"SF{year}/{serial}{letter}"):
        once = police_numbers.cro(text=text)

        assert police_numbers.cro(text=once.text) == once


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        number = police_numbers.pnc(text=text)
    except NotANumber:
        return

    assert re.fullmatch(r"(\d{4}|\d{2})/\d{7}[A-Z]", number.text)
