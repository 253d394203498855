"""What is typed into the search: which kind it is, and that a name with any one letter wrong shares a key with the right one."""

import re
from datetime import date

import pytest

from desist.referral.finding import Wanted, how, read, slipped, words

ANOTHER = "xé"


def keys(name: str) -> set[str]:
    """The keys of a name, as the database makes them (tests/programme/search compares its words)."""
    found = set()
    for word in words(name):
        found |= {word, *(f"*{word[place:]}" for place in range(1, len(word)))}
        if len(word) >= 4:
            found |= {f"~{word[:place]}{word[place + 1 :]}" for place in range(len(word))}
    return found


def meets(query: str, held: set[str]) -> bool:
    """Whether each part of a query has a key among those held, whole or as a beginning."""
    return all(
        any(
            any(one.startswith(key) for one in held) if begins else key in held
            for key, begins in re.findall(r"'([^']*)'(:\*)?", part)
        )
        for part in query.split(" & ")
    )


def slips(word: str) -> set[str]:
    """Every spelling with one letter more, less, other or swapped with its neighbour."""
    places = range(len(word))
    return {
        *(word[:at] + word[at + 1 :] for at in places),
        *(word[:at] + other + word[at + 1 :] for at in places for other in ANOTHER),
        *(word[:at] + other + word[at:] for at in places for other in ANOTHER),
        *(word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :] for at in places),
    }


@pytest.mark.parametrize("name", ["mark", "smith", "thornwick", "łukasz", "aaaa"])
def test_a_name_with_any_one_letter_wrong_shares_a_key_with_it(name: str) -> None:
    right = keys(f"Robin {name}")

    for typed in slips(name):
        wanted = read(typed)
        assert meets(wanted.near, right), typed
        assert how(wanted.words, f"Robin {name}") is not None, typed


@pytest.mark.parametrize(
    ("name", "word"), [("mark", "marble"), ("smith", "jones"), ("ana", "ada"), ("thorn", "throw")]
)
def test_two_letters_wrong_are_another_name(name: str, word: str) -> None:
    assert not slipped(name, word)


def test_the_best_match_of_names_comes_before_other_names_and_slips() -> None:
    names = ["Robin Thorn", "Robin Thornwick", "Robin Hawthorn", "Robin Torn"]

    found = [how(("thorn",), name) for name in names]

    assert found == [(0, ""), (2, ""), (4, ""), (6, "similar spelling")]
    assert how(("owl",), "Robin Thorn", ["Night Owl"]) == (1, "also known as Night Owl")
    assert how(("owl",), "Robin Thorn") is None
    assert how((), "Robin Thorn") is None


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("3 mar 1990", Wanted("3 mar 1990", born=date(1990, 3, 3))),
        ("1990-03-03", Wanted("1990-03-03", born=date(1990, 3, 3))),
        ("07700 900152", Wanted("07700 900152", key="'#700900152'")),
        ("٠٧٧٠٠٩٠٠١٥٢", Wanted("٠٧٧٠٠٩٠٠١٥٢", key="'#700900152'")),
        ("Robin@Mail.example", Wanted("Robin@Mail.example", key="'@robin@mail.example'")),
        ("@night_owl", Wanted("@night_owl", words=("night_owl",))),
        ("K7F4-M9PX-4C", Wanted("K7F4-M9PX-4C", words=("k7f4", "m9px", "4c"), ref="k7f4m9px4c")),
        ("O’Brien, Zoë", Wanted("O’Brien, Zoë", words=("obrien", "zoe"))),
        ("李小明", Wanted("李小明", words=("李", "小", "明"))),
    ],
)
def test_what_is_typed_says_which_kind_it_is(typed: str, wanted: Wanted) -> None:
    assert read(typed) == wanted
