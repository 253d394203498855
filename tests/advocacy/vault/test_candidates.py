"""What is hashed of a text is what can be a locator: the fast way finds all that hashing every run of words found."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

from desist.advocacy.vault import candidates, normal
from desist.advocacy.vault.states import Kind

KEY = b"only for this test, it guards nothing"


def plainly(text: str) -> set[tuple[Kind, str]]:
    """Every run of up to three words as a registration and an account, and every other kind over the whole text."""
    plain = normal.plain(text)
    numbers = PhoneNumberMatcher(plain, "GB", Leniency.POSSIBLE)
    found = {(Kind.PHONE, format_number(one.number, PhoneNumberFormat.E164)) for one in numbers}
    found |= {(Kind.EMAIL, one) for one in candidates.EMAIL.findall(plain)}
    found |= {(Kind.HOME, "".join(one)) for one in normal.POSTCODE.findall(plain.upper())}
    words = re.findall(r"[^\W_]+", plain)
    runs = {"".join(words[place : place + count]) for place in range(len(words)) for count in (1, 2, 3)}
    return found | {
        (kind, run) for run in runs for kind in (Kind.VEHICLE, Kind.ONLINE) if len(run) >= candidates.SHORTEST
    }


def fast(text: str) -> set[tuple[Kind, str]]:
    return {(kind, one) for kind, spellings in candidates.find(text).items() for one in spellings}


PROSE = st.lists(
    st.sampled_from(
        ["she", "said", "that", "he", "came", "home.", "Then", "12", "times,", "often", "ßtraße", "İzmir"]
    )
).map(" ".join)
LETTERS = st.text(string.ascii_lowercase, min_size=3, max_size=8)
LOCATORS = st.one_of(
    st.from_regex(r"(\+44 ?|0)7[0-9]{3} ?[0-9]{6}", fullmatch=True),
    st.from_regex(r"[a-z]{3,8}\.[a-z]{3,8}@[a-z]{4,9}\.example", fullmatch=True),
    st.from_regex(r"[A-Z]{1,2}[0-9]{1,2} ?[0-9][A-Z]{2}", fullmatch=True),
    st.from_regex(
        r"[A-Za-z]{2}[0-9]{2}[ -]?[A-Za-z]{3}|[A-Z][0-9]{3} ?[A-Z]{3}|WREN ?[0-9]{3}", fullmatch=True
    ),
    st.builds("@{}".format, LETTERS),
    st.builds("{}{}{}".format, LETTERS, st.sampled_from(" ._-"), LETTERS),
    st.builds("{0}{3}{1}{3}{2}".format, LETTERS, LETTERS, LETTERS, st.sampled_from("._-|/")),
    st.builds("{} {} {}".format, LETTERS, LETTERS.map(str.title), LETTERS),
    st.builds("{} {} {}".format, LETTERS, LETTERS, st.integers(1, 99)),
)


@given(PROSE, LOCATORS, PROSE)
def test_each_locator_that_the_plain_way_finds_in_a_text_the_fast_way_finds(
    before: str, locator: str, behind: str
) -> None:
    text = f"{before} {locator} {behind}"
    alone = {
        (kind, one) for kind, one in plainly(locator) if kind is not Kind.VEHICLE or re.search("[0-9]", one)
    }

    assert alone & plainly(text) <= fast(text)


@given(st.one_of(st.text(max_size=300), st.lists(st.one_of(PROSE, LOCATORS), max_size=8).map(" ".join)))
def test_of_any_text_nothing_else_is_found_and_only_prose_and_words_without_a_figure_are_left_out(
    text: str,
) -> None:
    plain, found = plainly(text), fast(text)

    assert found <= plain
    left = {(kind, one) for kind, one in plain - found if kind not in {Kind.VEHICLE, Kind.ONLINE}}
    assert left == set()
    assert not any(re.search(r"\d", one) for _, one in plain - found)


def test_three_words_of_prose_are_hashed_as_no_account() -> None:
    found = candidates.find("then home after that, and Then home")[Kind.ONLINE]

    assert "thenhomeafter" not in found
    assert {"thenhome", "afterthatand", "andthenhome"} <= found


@pytest.mark.parametrize("kind", [Kind.PHONE, Kind.HOME, Kind.WORK, Kind.ONLINE])
def test_a_spelling_has_one_hash_alone_and_among_others(kind: Kind) -> None:
    alone = candidates.mark(kind, "wren", key=KEY)

    assert alone in candidates.marks({kind: {"lark", "wren"}}, key=KEY)
    assert alone != candidates.mark(kind, "wren", key=KEY[1:])


def test_places_are_found_by_postcode_whatever_kind_they_are() -> None:
    assert candidates.mark(Kind.HOME, "NM12AB", key=KEY) == candidates.mark(Kind.WORK, "NM12AB", key=KEY)
