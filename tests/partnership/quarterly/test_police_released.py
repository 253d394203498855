"""What the police return beside the counts for freedom of information, attacked by the programme's linear programme."""

import random

import pytest
from tests.programme.service.quarterly.test_released import FIRST, THRESHOLD, counts, given_away

from desist.quarterly.release import Count, Sent, leaving
from desist.returns import definitions
from desist.returns.counted import Counted
from desist.returns.figures import Span
from desist.sites import Zone

EDITION = definitions.newest(Zone.PARTNERSHIP)


def returned(seed: int) -> list[Sent]:
    """Five quarters of a force, one after the other."""
    source = random.Random(seed)
    scale = source.choice([12, 25, 60])
    sent: list[Sent] = []
    for place in range(5):
        over = tuple(f"r{before}" for before in range(place - 3, place + 1)) if place >= 3 else ()
        found = Counted(counts(source, scale, EDITION), {})
        new = Count(f"r{place}", FIRST.later(place), 1, EDITION.version, found, over)
        sent.append(Sent(new, frozenset(leaving(new, sent=sent).figures)))
    return sent


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_small_number_is_given_away_beside_what_the_register_gives_out(seed: int) -> None:
    sent = returned(seed)
    known = {
        (one.count.key, name)
        for one in sent
        for name in EDITION.public
        if not 0 < one.count.counted.counts[name] < THRESHOLD
    }

    # what the register gives out is in every return, so the attacker knows it
    assert known <= {
        (one.count.key, name) for one in sent for span, name in one.shown if span == Span.QUARTER
    }
    assert given_away(sent) == []


def test_a_part_that_the_register_gives_away_with_the_whole_does_not_leave() -> None:
    plain = dict.fromkeys(EDITION.names, 0)
    found = plain | {"applied": 20, "applied.made": 17, "applied.refused": 3}

    left = leaving(Count("a", FIRST, 1, EDITION.version, Counted(found, {})), sent=[]).figures

    assert left[Span.QUARTER, "applied"] == 20
    assert (Span.QUARTER, "applied.made") not in left


def test_a_correction_that_changes_a_public_number_by_a_few_does_not_tell_it() -> None:
    plain = dict.fromkeys(EDITION.names, 0)
    first = Count("a", FIRST, 1, EDITION.version, Counted(plain | {"applied": 20, "applied.made": 20}, {}))
    sent = [Sent(first, frozenset(leaving(first, sent=[]).figures))]
    second = Count("b", FIRST, 2, EDITION.version, Counted(plain | {"applied": 23, "applied.made": 23}, {}))

    left = leaving(second, sent=sent).figures

    assert (Span.QUARTER, "applied") in sent[0].shown
    assert not {(Span.QUARTER, "applied"), (Span.QUARTER, "applied.made")} & set(left)
