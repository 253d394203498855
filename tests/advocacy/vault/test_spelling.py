"""A locator is found in a text however it is spelled, and what only looks like one is let through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.advocacy.vault import normal, spelling
from desist.advocacy.vault.states import WORDS, Kind

PHONE, EMAIL = "01632 960077", "robin.hollow@harbour.example"
HOME = "Flat 3, 12 Quayside Steps\nNorthmere\nNM1 2AB"
WORK = "Gullwing Marine Supplies\nUnit 4, Harbour Rd\nNM7 9ZZ"
KEPT = [
    (Kind.PHONE, PHONE),
    (Kind.EMAIL, EMAIL),
    (Kind.HOME, HOME),
    (Kind.WORK, WORK),
    (Kind.VEHICLE, "AB12 CDE"),
    (Kind.ONLINE, "@robin_h_84"),
]
NUMBERS = (
    "01632960077",
    "01632 960 077",
    "(01632) 960-077",
    "+44 1632 960077",
    "+44 (0)1632 960 077",
    "0044 1632.960.077",
    "01632/960/077",
    "o1632 96oo77",
    "".join(chr(0xFEE0 + ord(digit)) for digit in "01632960077"),  # full width
    "0 1 6 3 2 9 6 0 0 7 7",
    "oh one six three two nine six oh oh seven seven",
    "zero one six three two nine six double zero double seven",
    "01632\u200b960\u200b077",
)
MAILS = (
    "ROBIN.HOLLOW@HARBOUR.EXAMPLE",
    "robin . hollow @ harbour . example",
    "robin.hollow (at) harbour.example",
    "robin dot hollow at harbour dot example",
    "robin[dot]hollow[at]harbour[dot]example",
    "mailto:robin.hollow@harbour.example",
)
PLACES = (
    "NM1 2AB",
    "nm12ab",
    "N M 1 - 2 A B",
    "NMl 2AB",
    "12 quayside steps",
    "12, Quay-side Steps",
    "somewhere on QUAYSIDE STEPS",
    "Quaysidesteps",
    "gullwing marine supplies",
    "Gullwing-Marine Supplies Ltd",
    "harbour road",
    "Harbour Rd.",
)
OTHERS = ("AB12CDE", "ab 12 cde", "AB-12-CDE", "robin_h_84", "@Robin.h.84")
INNOCENT = (
    "Lives in Northmere and works at the harbour.",
    "Called at 16:32, rang for 96 seconds, 77 times.",
    "Robin said the flat has 3 locks and 12 steps.",
    "They met on 12 March at the quayside.",
    "01632 960078 is the duty phone.",
    "hollow@other.example",
    "",
)


def caught(text: str) -> bool:
    try:
        spelling.check(texts=[text], locators=KEPT)
    except spelling.HoldsLocator:
        return True
    return False


@pytest.mark.parametrize("spelled", [*NUMBERS, *MAILS, *PLACES, *OTHERS])
def test_it_is_found_in_every_spelling(spelled: str) -> None:
    assert caught(spelled)
    assert caught(f"Please ring ({spelled}), then wait.")


@pytest.mark.parametrize("text", INNOCENT)
def test_what_is_in_nobodys_vault_is_let_through(text: str) -> None:
    assert not caught(text)


@settings(max_examples=80)
@given(st.data())
def test_a_number_with_anything_between_its_digits_is_found(data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", ".", " - ", "/"]), min_size=10, max_size=10))
    digits = "1632960077"

    text = "".join(digit + gap for digit, gap in zip(digits, gaps, strict=True))

    assert caught(f"call {text}")


@settings(max_examples=80)
@given(st.data())
def test_letters_of_any_size_and_accent_make_no_difference(data: st.DataObject) -> None:
    accents = st.sampled_from(["", "\u0301", "\u0308", "\u200d"])
    spelled = "".join(
        (letter.upper() if data.draw(st.booleans()) else letter) + data.draw(accents)
        for letter in "quayside steps"
    )

    assert caught(f"seen near {spelled}")


@pytest.mark.parametrize("words", [f"Ring {PHONE}", "at 12 Quayside Steps", "near Gullwing Marine Supplies"])
def test_the_sentence_says_what_to_write_instead_and_tells_not_what_was_found(words: str) -> None:
    with pytest.raises(spelling.HoldsLocator) as refused:
        spelling.check(texts=[words], locators=KEPT)

    assert str(refused.value) == (
        "Not saved: something you wrote looks like a number, an address, a place, a vehicle or an account that could "
        "lead to a person. Take it out, and write “their home”, “their work” or “their telephone” instead"
    )


def test_every_kind_has_its_words() -> None:
    assert set(WORDS) == set(Kind)


@pytest.mark.parametrize("spelled", ["01632 960077", "+441632960077", "0044 1632 960 077", "(01632) 960-077"])
def test_a_number_has_one_spelling(spelled: str) -> None:
    assert normal.key(Kind.PHONE, spelled) == "+441632960077"


@pytest.mark.parametrize("spelled", ["nm1 2ab", "NM12AB", HOME])
def test_a_place_is_searched_by_its_postcode(spelled: str) -> None:
    assert normal.key(Kind.HOME, spelled) == "NM12AB"


def test_a_number_that_cannot_ring_is_none() -> None:
    for text in ("call me", "12", "0123456789012345678"):
        with pytest.raises(normal.NotANumber):
            normal.phone(text)
