"""A person's own phrases are found when they stand nowhere else, however they are dressed."""

from hypothesis import given
from hypothesis import strategies as st

from desist.disclosure import phrases

OWN = "He left a dead fox on the steps, and she told nobody but her sister."


def rare(text: str, *, own: tuple[str, ...] = (OWN,), others: tuple[str, ...] = ()) -> tuple[str, ...]:
    return phrases.rare(text=text, own=own, others=others)


def test_a_phrase_of_their_own_is_found_as_it_is_written() -> None:
    assert rare("We know: he LEFT a dead fox on the steps.") == ("LEFT a dead fox on the steps",)


def test_small_words_accents_and_punctuation_hide_nothing() -> None:
    assert rare("... left the dead fôx, on steps ...") == ("left the dead fôx, on steps",)


def test_what_others_say_as_well_is_no_mark() -> None:
    assert rare("He left a dead fox on the steps", others=("She left dead fox steps",)) == ()


def test_three_words_alone_are_no_phrase() -> None:
    assert rare("A dead fox on the steps") == ()


def test_two_passages_are_told_apart_and_one_that_runs_on_is_one() -> None:
    text = "Left a dead fox on the steps told nobody sister. Later: left dead fox steps."

    assert rare(text) == ("Left a dead fox on the steps told nobody sister", "left dead fox steps")


@given(st.text(), st.lists(st.text(), max_size=3))
def test_whatever_is_found_stands_in_the_text(text: str, own: list[str]) -> None:
    for found in phrases.rare(text=text, own=own, others=()):
        assert found in text


@given(st.text())
def test_a_text_that_others_hold_whole_holds_nothing_rare(text: str) -> None:
    assert phrases.rare(text=text, own=[text], others=[text]) == ()
