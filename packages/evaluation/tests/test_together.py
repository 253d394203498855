"""Whatever a service releases quarter after quarter, a linear programme written apart finds no small count in it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

import desist_evaluation as evaluation
from desist_evaluation.checks import InvalidInputError

THRESHOLD = 10
LIVING = 50_000  # people
#: what the attacker is told of each quarter: the parts that add up to everybody, in two ways
PARTS = {"source": ("police", "probation", "court"), "outcome": ("accepted", "declined")}
Quarter = Mapping[str, int]
Published = dict[
    tuple[int, str, str], int
]  # (the quarter of the release, the span, the figure) -> the number


def families_of(span: str) -> list[dict[str, object]]:
    return [
        {"whole": f"{span}/all", "parts": [f"{span}/{part}" for part in parts]} for parts in PARTS.values()
    ]


def spans(place: int) -> dict[str, list[int]]:
    """What leaves with a quarter: itself, four quarters together, and the year to date (of four quarters)."""
    rolling = {"rolling": list(range(place - 3, place + 1))} if place >= 3 else {}
    return {"quarter": [place], **rolling, "year": list(range(place - place % 4, place + 1))}


def figures() -> list[str]:
    return ["all", *(part for parts in PARTS.values() for part in parts)]


def released(quarters: Sequence[Quarter]) -> Published:
    """Release one quarter after the other, each beside all before it.

    A year to date leaves where each of its quarters left: it says nothing new. Four quarters are the sum that does.
    """
    counts: dict[str, int] = {}
    families: list[dict[str, object]] = []
    published: Published = {}
    before: list[str] = []
    for place in range(len(quarters)):
        for span, over in spans(place).items():
            name = f"{place}:{span}"
            counts |= {f"{name}/{figure}": sum(quarters[one][figure] for one in over) for figure in figures()}
            families += families_of(name)
            if span != "quarter":
                families += [
                    {"whole": f"{name}/{figure}", "parts": [f"{one}:quarter/{figure}" for one in over]}
                    for figure in figures()
                ]
        order = [
            f"{place}:{span}/{figure}" for figure in figures() for span in spans(place) if span != "year"
        ]
        found = evaluation.release_together(
            counts=counts, families=families, order=order, before=before, threshold=THRESHOLD
        )
        shown: Any = found.values["released"]
        before += shown
        year = spans(place)["year"]
        before += [
            f"{place}:year/{f}" for f in figures() if {f"{one}:quarter/{f}" for one in year} <= set(before)
        ]
        for name in before:
            span, figure = name.split("/")
            when, what = span.split(":")
            published[int(when), what, figure] = counts[name]
    return published


def most(
    quarters: Sequence[Quarter], published: Published, place: int, figure: str, over: Sequence[int]
) -> float:
    """The most that a figure over some quarters can be, to an attacker with every published number. A programme of its own."""
    every = figures()
    size = len(quarters) * len(every)

    def column(quarter: int, what: str) -> int:
        return quarter * len(every) + every.index(what)

    equal, right = [], []
    for quarter in range(len(quarters)):
        for parts in PARTS.values():
            line = np.zeros(size)
            line[column(quarter, "all")] = 1
            for part in parts:
                line[column(quarter, part)] = -1
            equal.append(line)
            right.append(0.0)
    for (quarter, span, what), number in published.items():
        line = np.zeros(size)
        for one in spans(quarter)[span]:
            line[column(one, what)] = 1
        equal.append(line)
        right.append(float(number))
    aim = np.zeros(size)
    for one in over:
        aim[column(one, figure)] = -1
    found = optimize.linprog(aim, A_eq=np.array(equal), b_eq=right, bounds=(0, LIVING), method="highs")
    assert found.status == 0, (place, found.message)
    return float(-found.fun)


def given_away(quarters: Sequence[Quarter], published: Published) -> list[str]:
    """Every small count, of a quarter or of a sum, that the attacker knows to be below the threshold."""
    found = []
    for place in range(len(quarters)):
        for span, over in spans(place).items():
            for figure in figures():
                truth = sum(quarters[one][figure] for one in over)
                if (
                    0 < truth < THRESHOLD
                    and most(quarters, published, place, figure, over) < THRESHOLD - 1e-6
                ):
                    found.append(f"{place} {span} {figure}: {truth}")
    return found


def quarter(police: int, probation: int, court: int, declined: int) -> Quarter:
    whole = police + probation + court
    return {
        "police": police,
        "probation": probation,
        "court": court,
        "all": whole,
        "declined": min(declined, whole),
        "accepted": whole - min(declined, whole),
    }


@st.composite
def services(draw: st.DrawFn) -> list[Quarter]:
    """Up to seven quarters of a service, small or large."""
    most_of_a_source = draw(st.sampled_from([2, 6, 15, 60]))
    one = st.integers(0, most_of_a_source)
    made = st.builds(quarter, police=one, probation=one, court=one, declined=one)
    return draw(st.lists(made, min_size=1, max_size=7))


def test_the_attack_breaks_a_year_to_date_beside_its_quarters() -> None:
    quarters = [quarter(30, 20, 10, 15), quarter(3, 20, 12, 15)]
    everything = {
        (0, "quarter", "police"): 30,
        (1, "year", "police"): 33,
    }

    assert given_away(quarters, everything) == ["1 quarter police: 3"]


def test_the_attack_breaks_the_last_part_of_a_whole() -> None:
    quarters = [quarter(30, 20, 4, 15)]
    published = {(0, "quarter", figure): quarters[0][figure] for figure in ("all", "police", "probation")}

    assert given_away(quarters, published) == ["0 quarter court: 4", "0 year court: 4"]


@settings(max_examples=25, deadline=None)
@given(services())
def test_no_attacker_finds_a_small_count_in_all_that_was_released(quarters: list[Quarter]) -> None:
    assert given_away(quarters, released(quarters)) == []


def test_the_same_numbers_are_released_in_the_same_way() -> None:
    quarters = [quarter(14, 3, 22, 12), quarter(31, 15, 2, 17), quarter(9, 9, 9, 9), quarter(25, 0, 11, 4)]

    assert released(quarters) == released(quarters)


def test_a_service_of_six_referrals_a_quarter_still_says_what_came_in_a_year() -> None:
    quarters = [quarter(6, 0, 0, 0)] * 4

    published = released(quarters)

    assert published[3, "rolling", "all"] == 24
    assert not [name for name in published if name[1] == "quarter" and published[name]]


def test_a_large_service_leaves_whole() -> None:
    quarters = [quarter(30, 20, 10, 15), quarter(33, 25, 18, 15)]

    published = released(quarters)

    assert [one for one in published if one[1] == "quarter"] == [
        (place, "quarter", figure) for place in (0, 1) for figure in figures()
    ]


def test_a_reader_who_knows_one_part_does_not_find_the_other() -> None:
    counts = {"all": 50, "police": 12, "probation": 5, "court": 33}
    families: list[dict[str, object]] = [{"whole": "all", "parts": ["police", "probation", "court"]}]
    order = ["all", "court"]

    alone = evaluation.release_together(counts=counts, families=families, order=order)
    beside = evaluation.release_together(counts=counts, families=families, order=order, readers=[["police"]])

    assert alone.values["released"] == {"all": 50, "court": 33}
    assert beside.values["released"] == {"all": 50}


def test_a_reader_may_know_that_everybody_is_theirs() -> None:
    counts = {"all": 24, "police": 24, "court": 0}
    families: list[dict[str, object]] = [{"whole": "all", "parts": ["police", "court"]}]

    found = evaluation.release_together(counts=counts, families=families, order=["all"], readers=[["police"]])

    assert found.values["released"] == {"all": 24}


def test_what_an_unsafe_release_of_before_gave_away_is_not_added_to() -> None:
    counts = {"all": 41, "police": 4, "court": 37}
    families: list[dict[str, object]] = [{"whole": "all", "parts": ["police", "court"]}]

    found = evaluation.release_together(
        counts=counts, families=families, order=["court"], before=["all", "police"]
    )

    assert found.values["released"] == {}


def test_nought_is_kept_where_it_would_say_that_nobody_is_there() -> None:
    counts = {"all": 30, "reached": 30, "not": 0, "others": 0}
    families: list[dict[str, object]] = [{"whole": "all", "parts": ["reached", "not"]}]
    asked = ["all", "reached", "not", "others"]

    plain = evaluation.release_together(counts=counts, families=families, order=asked)
    kept = evaluation.release_together(counts=counts, families=families, order=asked, nought=True)

    assert plain.values["released"] == counts
    assert kept.values["released"] == {"all": 30}


@pytest.mark.parametrize(("threshold", "shown"), [(10, 4), (11, 3)])
def test_half_a_person_hides_nobody(threshold: int, shown: int) -> None:
    counts = {"p": 4, "q": 11, "u": 50, "v": 50, "w": 50, "pq": 15, "puv": 104, "uw": 100, "vw": 100}
    families: list[dict[str, object]] = [
        {"whole": whole, "parts": list(whole)} for whole in ("pq", "puv", "uw", "vw")
    ]

    found = evaluation.release_together(
        counts=counts, families=families, order=["pq", "puv", "uw", "vw"], threshold=threshold
    )

    # p changes by twice what w does, and by eleven at most
    assert len(dict(found.values["released"])) == shown  # type: ignore[call-overload]


def test_what_hides_one_small_count_hides_each_that_it_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    solve = optimize.milp

    def milp(*args: Any, **options: Any) -> Any:
        asked.append(options)
        return solve(*args, **options)

    monkeypatch.setattr(optimize, "milp", milp)
    counts = {f"{place}:all": 40 for place in range(6)} | {f"{place}:court": 4 for place in range(6)}
    families: list[dict[str, object]] = [
        {"whole": f"{place + 1}:{name}", "parts": [f"{place}:{name}"]}
        for place in range(5)
        for name in ("all", "court")
    ]

    found = evaluation.release_together(counts=counts, families=families, order=["0:all"])

    assert found.values["released"] == {"0:all": 40}
    assert len(asked) == 1


@given(services())
@settings(deadline=None, max_examples=8)
def test_noughts_and_small_counts_stay_kept_over_quarters(quarters: list[Quarter]) -> None:
    counts = {
        f"{place}:quarter/{figure}": one[figure] for place, one in enumerate(quarters) for figure in figures()
    }
    families = [family for place in range(len(quarters)) for family in families_of(f"{place}:quarter")]

    found = evaluation.release_together(counts=counts, families=families, order=list(counts), nought=True)

    shown: Any = found.values["released"]
    published = {(int(name[0]), "quarter", name.partition("/")[2]): counts[name] for name in shown}
    assert not [
        (place, figure)
        for place, one in enumerate(quarters)
        for figure in figures()
        if one[figure] < THRESHOLD and most(quarters, published, place, figure, [place]) < THRESHOLD - 1e-6
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"counts": {}}, "counts"),
        ({"counts": {"all": -1}}, "counts[all]"),
        ({"counts": {"all": 40, "police": 4, "court": 37}}, "families[0]"),
        ({"families": [{"whole": "all"}]}, "families[0]"),
        ({"families": [{"whole": "all", "parts": ["nobody"]}]}, "families[0].parts"),
        ({"order": ["all", "all"]}, "order"),
        ({"before": ["nobody"]}, "before"),
        ({"threshold": 0}, "threshold"),
    ],
)
def test_what_cannot_be_released_is_refused_by_its_name(change: dict[str, Any], field: str) -> None:
    good: dict[str, Any] = {
        "counts": {"all": 41, "police": 4, "court": 37},
        "families": [{"whole": "all", "parts": ["police", "court"]}],
        "order": ["all"],
    }
    evaluation.release_together(**good)

    with pytest.raises(InvalidInputError) as refusal:
        evaluation.release_together(**{**good, **change})

    assert refusal.value.field == field
