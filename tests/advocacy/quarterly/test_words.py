"""Words about a return that say how few people there are, or that nobody is there."""

import pytest

from desist.returns import words


@pytest.mark.parametrize(
    "said", ["Nobody came.", "There were 0 of them.", "No clients came.", "None was reached."]
)
def test_that_nobody_is_there_is_a_small_number_where_nought_is(said: str) -> None:
    assert words.tells_a_small_number(said, nought=True)
    assert not words.tells_a_small_number(said)


@pytest.mark.parametrize(
    "said", ["An advocate was away in 2026.", "10 or 100 of them", "at 10:00", "No room was free."]
)
def test_other_words_are_not(said: str) -> None:
    assert not words.tells_a_small_number(said, nought=True)
