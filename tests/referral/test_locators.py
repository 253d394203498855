"""Words that may lead to somebody are found; ordinary sentences are left alone."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist.referral import locators


def kinds(text: str) -> set[str]:
    return {one.kind for one in locators.find(text=text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She moved to TN34 1EZ in May", "postcode"),
        ("near sw1a2aa, after work", "postcode"),
        ("at M1 1AE", "postcode"),
        ("BN1-1AA", "postcode"),
        ("Call 07700 900123 any time", "telephone number"),
        ("her number is +44 7700 900 123", "telephone number"),
        ("(01632) 960-123", "telephone number"),
        ("0\u200b7700900123", "telephone number"),
        ("\uff10\uff17\uff17\uff10\uff10\uff19\uff10\uff10\uff11\uff12\uff13", "telephone number"),
        ("wrote to lark@harbour.example", "e-mail address"),
        ("lark [at] harbour [dot] example", "e-mail address"),
        ("stood before 14 Otterfell Road again", "address"),
        ("14a, Silver Holt Lane", "address"),
        ("waited at Flat 3 all night", "address"),
    ],
)
def test_a_locator_is_found_however_it_is_written(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Waited outside on nine evenings between 3 March 2026 and 27 April 2026.",
        "Sent 240 messages in 3 weeks from 12 new accounts.",
        "Section 2A of the Protection from Harassment Act 1997",
        "He said “answer me” 40 times. 😀 שלום",
        "Crime reference 47240112233",
        "Sentenced to 26 weeks, suspended for 18 months",
        "",
    ],
)
def test_an_ordinary_sentence_raises_no_alarm(text: str) -> None:
    assert kinds(text) == set()


POSTCODES = st.tuples(
    st.sampled_from(["TN", "BN", "M", "SW", "N", "EC", "GU", "ME"]),
    st.integers(1, 99).map(str),
    st.sampled_from(["", " ", "  "]),
    st.integers(0, 9).map(str),
    st.text("ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2),
).map("".join)


@given(POSTCODES, st.text(string.ascii_lowercase + " ,.", max_size=30))
def test_a_postcode_is_found_in_any_text(postcode: str, around: str) -> None:
    assert "postcode" in kinds(f"{around} {postcode} {around}")


@given(
    st.text("0123456789", min_size=9, max_size=9),
    st.lists(st.sampled_from(["", " ", "-", " - ", ".", ") "]), min_size=9, max_size=9),
)
def test_a_mobile_number_is_found_with_any_gaps(digits: str, gaps: list[str]) -> None:
    typed = "07" + "".join(gap + digit for gap, digit in zip(gaps, digits, strict=True))

    assert "telephone number" in kinds(f"ring {typed} now")


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    for one in locators.find(text=text):
        assert one.words
        assert one.kind in {kind for kind, _ in locators.PATTERNS}


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "1 a " * 5_000, "a.b" * 7_000, "0 " * 10_000, "12 street " * 2_000]
)
def test_a_long_text_takes_no_longer_than_it_should(text: str) -> None:
    began = time.monotonic()

    locators.find(text=text)

    assert time.monotonic() - began < 2
