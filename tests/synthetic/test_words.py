"""The invented area holds no words that may lead to someone and that nobody answered for."""

from tools.leaks import words
from tools.synthetic.cases import Block


def test_nothing_that_is_shown_or_crosses_may_lead_to_somebody(loaded: Block) -> None:
    assert list(words.stored(site="some-programme")) == []
