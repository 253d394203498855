"""Capitalised words that nothing explains are listed, and a name is found however it is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist import names

REFERRED = ("Fenwick", "Velmorrith", "Fen", "velm0rr")


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("He followed Sarah to a relative’s house.", ("Sarah",)),
        ("Sarah was followed.", ("Sarah",)),
        ("Waited outside. Sarah’s mother saw him.", ("Sarah",)),
        ("He told ANNE-MARIE and O’Neill to stop", ("ANNE-MARIE", "O’Neill")),
        ("Sent flowers to Zoë and Llŷr ap Gruffydd", ("Zoë", "Llŷr", "Gruffydd")),
        ("He wrote to زينب every day", ("زينب",)),
        ("He rang חנה", ("חנה",)),
        ("called Ольга twice", ("Ольга",)),
        ("He rang Sarah; SARAH did not answer; Sarah's phone", ("Sarah",)),
    ],
)
def test_a_word_that_may_be_a_name_is_listed_once(text: str, listed: tuple[str, ...]) -> None:
    assert names.unexplained([text], known=REFERRED) == listed


@pytest.mark.parametrize(
    "text",
    [
        "Waited outside on nine evenings between 3 March 2026 and 27 April 2026.",
        "Fenwick Velmorrith followed her; Velmorrith’s car was seen on Monday.",
        "Messages on WhatsApp and Facebook. Repeated calls. He used an AirTag.",
        "Convicted at the Crown Court. MARAC heard it. Restraining Order of May 2026.",
        "Protection from Harassment Act 1997, Section 2A; PNC and CCTV checked by Kent Police.",
        "- Followed her\n- Threatened a neighbour\n• Drove past",
        "",
    ],
)
def test_an_ordinary_account_lists_nothing(text: str) -> None:
    assert names.unexplained([text], known=REFERRED) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sarah Ainscough", "followed Sarah home"),
        ("Sarah Ainscough", "the ainscough house"),
        ("Sara", "rang Sarah"),
        ("Zoë", "rang ZOE"),
        ("Samantha", "rang Sam"),
        ("Liz", "rang Elizabeth"),
        ("Anne-Marie", "rang Annemarie"),
        ("Annemarie", "rang Anne Marie"),
        ("Siân Llŷr", "texts to Sian"),
        ("O'Neill", "saw ONeill there"),
        ("Łucja", "asked Lucja"),
        ("أمينة", "كتب إلى امينه"),
        ("Sarah", "rang Sаrаh"),
        ("Rose", "saw Rose"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, text: str) -> None:
    assert names.held([name], [text])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Rose", "prices rose, he will not stop"),
        ("Will", "he will come"),
        ("Sarah", "He followed her to the shop"),
        ("Mark", "rang Mary"),
        ("Ann", "an hour"),
        ("", "rang Mary"),
    ],
)
def test_a_word_that_is_no_such_name_is_not_found(name: str, text: str) -> None:
    assert names.held([name], [text]) == ()


def test_a_family_name_that_both_have_is_no_sign() -> None:
    text = ["Velmorrith followed Sarah Velmorrith"]

    assert names.held(["Sarah Velmorrith"], text, besides=REFERRED) == ("Sarah",)


NAMES = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=6, max_size=12).map(
    str.title
)


def plain(name: str) -> bool:
    return names.fold(name) not in {*names.EXPLAINED, *names.OPENINGS, *names.WORDS_AS_WELL, *names.ACRONYMS}


@given(
    # a letter that has no capital, such as the kra of Greenland, begins no name that a text would show
    NAMES.filter(lambda name: name[0].isupper() and len(names.fold(name)) >= 6 and plain(name)),
    st.sampled_from([str.upper, str.title]),
)
def test_any_name_within_a_sentence_is_listed_and_found(name: str, write: object) -> None:
    text = f"he waited for {write(name)} by the door"  # type: ignore[operator]  # a way of writing

    assert len(names.unexplained([text])) == 1
    assert names.held([name], [text])
    assert names.unexplained([text], known=[name]) == ()


@given(NAMES)
def test_accents_hyphens_and_case_make_no_difference(name: str) -> None:
    bare = "".join(one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one))

    assert names.fold(name) == names.fold(bare) == names.fold(f"{name[:2]}-{name[2:]}".upper())


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_is_read(text: str, known: list[str]) -> None:
    listed = names.unexplained([text], known=known)

    assert len(set(map(names.fold, listed))) == len(listed)
    assert all(one in unicodedata.normalize("NFC", text) for one in listed)
    assert names.held(known, [text]) is not None


@given(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=10),
    st.integers(1, 9),
    st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
)
def test_a_name_is_found_by_its_digests_with_one_letter_other_more_or_less(
    name: str, place: int, letter: str
) -> None:
    place = min(place, len(name) - 1)
    slips = (
        name[:place] + letter + name[place + 1 :],
        name[:place] + letter + name[place:],
        name[:place] + name[place + 1 :],
    )
    digests = {hash(("key", form)) for form in names.forms([name.title()])}

    for slip in (name, *slips):
        text = f"He wrote to {slip.title()} twice"
        found = names.held_as(digests, [text], keyed=lambda form: hash(("key", form)))
        assert slip.title() in found
        assert names.held([name], [text]) == found


def test_two_letters_other_are_another_name() -> None:
    assert names.held(["Marian"], ["He wrote to Martin, Darian, Marlon and Mar"]) == ()
