"""All that a service ever returned, corrections too, attacked by a linear programme written apart from the product."""

import random
from collections.abc import Sequence
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import optimize, sparse

from desist.quarterly.release import Count, Sent, leaving
from desist.returns import definitions
from desist.returns.counted import Counted
from desist.returns.definitions import Edition
from desist.returns.figures import Days, Span
from desist.returns.quarters import Quarter
from desist.sites import Zone

EDITION = definitions.newest(Zone.PROGRAMME)
THRESHOLD = 10
LIVING = 100_000
FIRST = Quarter(date(2025, 4, 1))


def counts(source: random.Random, scale: int, edition: Edition = EDITION) -> dict[str, int]:
    """Numbers that add up as the definitions say, and are otherwise free."""
    found: dict[str, int] = {}
    for table in edition.tables:
        whole = found.setdefault(table.whole, source.randint(0, scale))
        if not table.parts:
            continue
        weights = [source.choice([0, 0, 1, 1, 5]) for _ in table.parts]
        if not any(weights):
            weights[0] = 1
        parts = source.choices(list(table.parts), weights, k=whole)
        found |= {name: parts.count(name) for name in table.parts}
    return found


@cache
def service(seed: int) -> list[Sent]:
    """Six returns of a service, one after the other, some of them a correction of the quarter before."""
    source = random.Random(seed)
    scale = source.choice([8, 20, 60, 200])
    sent: list[Sent] = []
    quarter, number = FIRST.later(-1), 0
    for place in range(6):
        corrects = place in {3, 5} and source.random() < 0.6
        quarter, number = (quarter, number + 1) if corrects else (quarter.later(1), 1)
        fresh = counts(source, scale)
        if corrects and source.random() < 0.7:  # a few more people, the rest as it was
            fresh = {
                name: value + (name in ("there", "there.waiting")) * 3
                for name, value in sent[-1].count.counted.counts.items()
            }
        standing = {one.count.quarter: one.count.key for one in sent}
        standing[quarter] = f"r{place}"
        over = [standing.get(one, "") for one in quarter.four]
        new = Count(
            f"r{place}",
            quarter,
            number,
            EDITION.version,
            Counted(fresh, {}),
            tuple(over) if all(over) else (),
        )
        sent.append(Sent(new, frozenset(leaving(new, sent=sent).figures)))
    return sent


class Attacker:
    """Knows every published number, the definitions and what is `known` beside; one unknown a return and name."""

    def __init__(self, sent: Sequence[Sent], known: Sequence[tuple[str, str]] = ()) -> None:
        self.columns = {
            (one.count.key, name): place
            for place, (one, name) in enumerate(
                (one, name) for one in sent for name in one.count.edition.names
            )
        }
        truth = {one.count.key: one.count.counted.counts for one in sent}
        rows: list[dict[int, float]] = []
        right: list[float] = []
        for one in sent:
            key = one.count.key
            for table in one.count.edition.tables:
                if not table.parts:
                    continue
                rows.append(
                    {
                        self.columns[key, table.whole]: 1.0,
                        **{self.columns[key, part]: -1.0 for part in table.parts},
                    }
                )
                right.append(0.0)
            for span, name in one.shown:
                over = one.count.over if span == Span.FOUR else (key,)
                rows.append({self.columns[of, name]: 1.0 for of in over})
                right.append(float(sum(truth[of][name] for of in over)))
        for key, name in known:
            rows.append({self.columns[key, name]: 1.0})
            right.append(float(truth[key][name]))
        matrix = sparse.lil_matrix((len(rows), len(self.columns)))
        for line, row in enumerate(rows):
            for column, value in row.items():
                matrix[line, column] = value
        self.matrix, self.right = matrix.tocsr(), right
        #: numbers that may all be true, as the attacker sees it
        self.found: list[np.ndarray] = []

    def knows_small(self, *sums: dict[tuple[str, str], float]) -> bool:
        """Whether each of these sums is small in all that may be true; what was found for another sum may show one larger."""
        costs = [self._cost(one) for one in sums]
        if any(float(cost @ found) >= THRESHOLD - 1e-6 for cost in costs for found in self.found):
            return False
        return all(self._most(cost) < THRESHOLD - 1e-6 for cost in costs)

    def _cost(self, aim: dict[tuple[str, str], float]) -> np.ndarray:
        cost = np.zeros(len(self.columns))
        for column, value in aim.items():
            cost[self.columns[column]] += value
        return cost

    def _most(self, cost: np.ndarray) -> float:
        found = optimize.linprog(-cost, A_eq=self.matrix, b_eq=self.right, bounds=(0, LIVING), method="highs")
        assert found.status == 0, found.message
        self.found.append(found.x)
        return float(-found.fun)


def given_away(sent: Sequence[Sent]) -> list[str]:
    """Every small number of people, of a return, of four quarters or of a correction, that the attacker finds to be small."""
    attacker, found = Attacker(sent), []
    for place, one in enumerate(sent):
        for name in one.count.edition.names:
            key, number = one.count.key, one.count.counted.counts[name]
            if 0 < number < THRESHOLD and attacker.knows_small({(key, name): 1}):
                found.append(f"{key} {name}: {number}")
            four = sum(
                other.count.counted.counts[name] for other in sent if other.count.key in one.count.over
            )
            if 0 < four < THRESHOLD and attacker.knows_small({(of, name): 1 for of in one.count.over}):
                found.append(f"{key} four {name}: {four}")
        found += _changes(attacker, one.count, [other.count for other in sent[:place]])
    return found


def _changes(attacker: Attacker, one: Count, earlier: Sequence[Count]) -> list[str]:
    """Every small change from any earlier return of its quarter, the one it corrects or one before that, found to be small."""
    found = []
    for before in (other for other in earlier if other.quarter == one.quarter):
        for name in one.edition.names:
            change = one.counted.counts[name] - before.counted.counts.get(name, one.counted.counts[name])
            if 0 < abs(change) < THRESHOLD:
                more = {(one.key, name): 1.0, (before.key, name): -1.0}
                less = {column: -value for column, value in more.items()}
                if attacker.knows_small(more, less):
                    found.append(f"{one.key} {name} changed by {change} since {before.key}")
    return found


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_no_small_number_of_any_return_is_given_away(seed: int) -> None:
    assert given_away(service(seed)) == []


def test_the_attack_finds_what_a_release_quarter_by_quarter_gives_away() -> None:
    sent = service(3)
    naive = [
        Sent(
            one.count,
            frozenset(
                (Span.QUARTER, name)
                for name, number in one.count.counted.counts.items()
                if not 0 < number < THRESHOLD
            ),
        )
        for one in sent
    ]

    assert given_away(naive)


def test_the_same_numbers_leave_in_the_same_way() -> None:
    sent = service(3)[:3]

    again = leaving(sent[2].count, sent=sent[:2])

    assert frozenset(again.figures) == sent[2].shown


def test_a_clock_leaves_with_its_count_and_never_of_a_correction() -> None:
    found = counts(random.Random(1), 0) | {"received": 0}
    days = {"assessed": Days("9", "4", "13")}
    few = Count("a", FIRST, 1, EDITION.version, Counted(found, days))

    assert leaving(few, sent=[]).days == {}


def test_a_correction_by_newer_definitions_tells_no_small_change() -> None:
    older = definitions.edition("2026-12")
    then = counts(random.Random(5), 400, older)
    first = Count("a", FIRST, 1, older.version, Counted(then, {}))
    left = leaving(first, sent=[])
    now = dict(then)
    for table in (one for one in EDITION.tables if any(part not in now for part in one.parts)):
        whole = now.setdefault(table.whole, 0)
        now |= dict.fromkeys(table.parts, 0) | {next(iter(table.parts)): whole}
    now |= {"there": then["there"] + 3, "there.waiting": then["there.waiting"] + 3}
    corrected = Count("b", FIRST, 2, EDITION.version, Counted(now, {}))

    again = leaving(corrected, sent=[Sent(first, frozenset(left.figures))])

    assert (Span.QUARTER, "there") in left.figures
    assert (Span.QUARTER, "there") not in again.figures
    assert (Span.QUARTER, "left.started") in again.figures


def editions(chain: Sequence[tuple[int, int]]) -> list[Sent]:
    """Returns of one quarter, each correcting the one before: how many wait and how many are allocated on its last day."""
    sent: list[Sent] = []
    for place, (waiting, allocated) in enumerate(chain):
        people = {"there": waiting + allocated, "there.waiting": waiting, "there.allocated": allocated}
        found = Counted(dict.fromkeys(EDITION.names, 0) | people, {})
        new = Count(f"r{place}", FIRST, place + 1, EDITION.version, found)
        sent.append(Sent(new, frozenset(leaving(new, sent=sent).figures)))
    return sent


def test_a_correction_of_a_correction_tells_no_small_change() -> None:
    sent = editions([(20, 0), (32, 0), (22, 0)])

    # twelve more leave, and ten fewer would; both together say that two came in the end
    assert (Span.QUARTER, "there") in sent[1].shown
    assert (Span.QUARTER, "there") not in sent[2].shown
    assert given_away(sent) == []


def test_the_attack_finds_a_small_change_since_the_return_before_the_last() -> None:
    sent = [
        Sent(one.count, frozenset({(Span.QUARTER, "there")})) for one in editions([(20, 0), (32, 0), (22, 0)])
    ]

    assert "r2 there changed by 2 since r0" in given_away(sent)


#: how many wait and how many are allocated, in each of three returns of one quarter
CHAINS = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), min_size=3, max_size=3)


@settings(max_examples=40)
@given(CHAINS)
@example([(20, 0), (32, 0), (22, 0)])
@example([(32, 11), (20, 23), (30, 13)])
def test_no_chain_of_corrections_gives_away_a_small_number(chain: list[tuple[int, int]]) -> None:
    assert given_away(editions(chain)) == []


def test_the_definitions_of_before_stay_readable() -> None:
    older = definitions.edition("2026-12")

    assert set(older.names) < set(EDITION.names)
    assert not definitions.is_newest("2026-12")
    assert {older.words(name) for name in older.names} == {EDITION.words(name) for name in older.names}
    stays = ("age.", "disability.", "language.", "known.", "concern")
    assert not {name for name in EDITION.leaving if name.startswith(stays)}
