"""The exact copy: its fingerprint follows every field, and what may be raised says when it was told."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desist.disclosure import copies

CONTENT = copies.Content("Words.", "fact", date(2026, 3, 1), False, None, "sessions")


@pytest.mark.parametrize(
    "changed",
    [
        {"words": "Words"},
        {"nature": "assessment"},
        {"as_of": date(2026, 3, 2)},
        {"may_be_raised": True},
        {"told_on": date(2026, 3, 1)},
        {"purpose": "safety"},
    ],
)
def test_the_smallest_change_has_another_fingerprint(changed: dict[str, Any]) -> None:
    assert replace(CONTENT, **changed).fingerprint != CONTENT.fingerprint


def test_what_crosses_has_the_fingerprint_of_the_copy() -> None:
    assert copies.fingerprint(CONTENT.crossing) == CONTENT.fingerprint


def test_without_the_day_it_was_told_nothing_may_be_raised() -> None:
    told = replace(CONTENT, may_be_raised=True, told_on=date(2026, 3, 1))

    assert copies.raised(may_be_raised=True, told_on=None) == copies.NOT_RAISED
    assert dict(told.lines)["May it be raised?"] == "Yes: the police told the person on 1 March 2026"
