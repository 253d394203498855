"""What becomes of an emergency access follows its table, whatever happens in whichever order."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist.wall import emergencies
from desist.wall.emergencies import LASTS, TRANSITIONS, State

BEGAN = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
MINUTES = st.integers(min_value=0, max_value=180)


def kept(*, case: str, ended: int | None, reviewed: int | None, at: datetime) -> State:
    """The state at a moment of what had been kept by then; an access of no case is over as it begins."""

    def by_then(minutes: int | None) -> datetime | None:
        moment = None if minutes is None else BEGAN + timedelta(minutes=minutes)
        return moment if moment and moment <= at else None

    ended_at = by_then(ended) if case else BEGAN
    return emergencies.state(
        case=case, until=BEGAN + LASTS, ended_at=ended_at, reviewed_at=by_then(reviewed), at=at
    )


@given(
    case=st.sampled_from(["", "k7f2m9px4c"]),
    ended=st.none() | MINUTES,
    reviewed=st.none() | MINUTES,
    moments=st.lists(MINUTES, min_size=2, max_size=8),
)
def test_from_one_moment_to_a_later_one_it_goes_the_ways_of_the_table(
    case: str, ended: int | None, reviewed: int | None, moments: list[int]
) -> None:
    seen = [
        kept(case=case, ended=ended, reviewed=reviewed, at=BEGAN + timedelta(minutes=minutes))
        for minutes in sorted(moments)
    ]

    for before, after in itertools.pairwise(seen):
        assert after in {before, *_reachable(before)}


def _reachable(state: State) -> set[State]:
    found = set(TRANSITIONS[state])
    return found.union(*(_reachable(one) for one in found))


@pytest.mark.parametrize(
    ("minutes", "state"), [(0, State.OPEN), (59, State.OPEN), (60, State.OVER), (600, State.OVER)]
)
def test_it_is_over_by_itself_after_an_hour(minutes: int, state: State) -> None:
    at = BEGAN + timedelta(minutes=minutes)

    assert kept(case="k7f2m9px4c", ended=None, reviewed=None, at=at) == state


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 3, 3), date(2026, 3, 5)),
        (date(2026, 3, 6), date(2026, 3, 10)),  # a Friday
        (date(2026, 4, 2), date(2026, 4, 8)),  # before Easter
    ],
)
def test_the_review_has_two_working_days(day: date, last: date) -> None:
    assert emergencies.review_by(day) == last
