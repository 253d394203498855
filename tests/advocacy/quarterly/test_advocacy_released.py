"""What an advocacy service returns, attacked by readers who know what the police know, or the one client they look for."""

import random
from collections.abc import Sequence
from functools import cache

import pytest
from tests.programme.service.quarterly.test_released import FIRST, THRESHOLD, Attacker, counts

from desist.quarterly.release import Count, Sent, leaving
from desist.returns import definitions
from desist.returns.counted import Counted
from desist.returns.figures import Span
from desist.sites import Zone

EDITION = definitions.newest(Zone.ADVOCACY)
KNOWN = EDITION.readers[0]
#: what the police do not know, beside each count of theirs
BESIDE = {
    "way.police": ("way.self", "way.service", "way.told"),
    "reached.told": ("reached.others",),
    "open.told": ("open.others",),
}


@cache
def returned(seed: int) -> list[Sent]:
    """Five quarters of a service, one after the other, one of them a correction of the quarter before."""
    source = random.Random(seed)
    scale = source.choice([14, 30, 70])
    sent: list[Sent] = []
    for place in range(5):
        corrects = place == 2
        quarter = FIRST.later(place - (place >= 2))
        over = tuple(f"r{before}" for before in (0, 2, 3, 4)) if place == 4 else ()
        found = counts(source, scale, EDITION)
        if corrects:  # three clients more came by themselves, and are not reached yet
            found = {
                name: number + 3 * (name in ("received", "way.self", "reached.not"))
                for name, number in sent[-1].count.counted.counts.items()
            }
        new = Count(f"r{place}", quarter, 2 if corrects else 1, EDITION.version, Counted(found, {}), over)
        sent.append(Sent(new, frozenset(leaving(new, sent=sent).figures)))
    return sent


def given_away(sent: Sequence[Sent]) -> list[str]:
    """Every count of fewer than ten clients, nought too, that an attacker with every published number finds to be small."""
    attacker = Attacker(sent)
    return [
        f"{one.count.key} {name}: {number}"
        for one in sent
        for name, number in one.count.counted.counts.items()
        if number < THRESHOLD and attacker.knows_small({(one.count.key, name): 1})
    ]


def told_to_the_police(sent: Sequence[Sent]) -> list[str]:
    """Return the small numbers that the police work out about clients they were not told of."""
    knowing = Attacker(sent, known=[(one.count.key, name) for one in sent for name in KNOWN])
    alone = Attacker(
        [Sent(one.count, frozenset()) for one in sent],
        known=[(one.count.key, name) for one in sent for name in KNOWN],
    )
    return [
        f"{one.count.key} {name}: {one.count.counted.counts[name]}"
        for one in sent
        for parts in BESIDE.values()
        for name in parts
        if one.count.counted.counts[name] < THRESHOLD
        and not alone.knows_small({(one.count.key, name): 1})
        and knowing.knows_small({(one.count.key, name): 1})
    ]


def count(**numbers: int) -> Count:
    """A quarter with these counts, and no others."""
    found = dict.fromkeys(EDITION.names, 0) | {name.replace("__", "."): n for name, n in numbers.items()}
    return Count("a", FIRST, 1, EDITION.version, Counted(found, {}))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_neither_a_small_number_nor_nought_is_given_away(seed: int) -> None:
    sent = returned(seed)

    assert given_away(sent) == []
    assert any(one.shown for one in sent)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_police_learn_of_nobody_whom_they_were_not_told_of(seed: int) -> None:
    assert told_to_the_police(returned(seed)) == []


def test_the_attack_of_the_police_finds_what_a_threshold_alone_gives_away() -> None:
    sent = [Sent(count(open=22, open__allocated=22, open__told=20, open__others=2), frozenset())]
    naive = [Sent(sent[0].count, frozenset({(Span.QUARTER, "open")}))]

    assert told_to_the_police(sent) == []
    assert "a open.others: 2" in told_to_the_police(naive)
    assert "a open.waiting: 0" in given_away(
        [Sent(naive[0].count, frozenset({(Span.QUARTER, "open"), (Span.QUARTER, "open.allocated")}))]
    )


def test_a_service_without_clients_says_what_a_service_with_a_few_says() -> None:
    nobody = leaving(count(), sent=[]).figures
    few = leaving(
        count(
            received=3, way__self=3, reached=3, reached__in_time=3, reached__others=3, plans=3, plans__made=3
        ),
        sent=[],
    ).figures

    assert nobody == few == {}


def test_that_everybody_was_reached_is_not_told() -> None:
    everybody = count(
        received=30, way__self=15, way__service=15, reached=30, reached__in_time=30, reached__others=30
    )

    left = leaving(everybody, sent=[]).figures

    assert (Span.QUARTER, "received") in left
    assert (Span.QUARTER, "reached") not in left
    assert (Span.QUARTER, "reached.in_time") not in left


def test_how_many_hear_news_never_leaves_though_it_is_large() -> None:
    """Someone who knows how many orders and programmes there were could tell that every victim of theirs is a client."""
    many = count(news=400, news__in_time=200, news__late=200, packs=90, packs__rung=45, packs__later=45)

    assert leaving(many, sent=[]).figures == {}


def test_clients_whom_the_police_do_not_know_of_leave_once_there_are_ten() -> None:
    left = leaving(
        count(open=34, open__allocated=20, open__waiting=14, open__told=20, open__others=14), sent=[]
    ).figures

    assert left[Span.QUARTER, "open"] == 34
    assert not [name for _, name in left if name.endswith((".told", ".others"))]
