"""Wilson's interval, against published values and its own rules."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist_chronicle.analysis.shares import Share, at_night, at_weekend, share_of, wilson


def test_the_interval_is_newcombes_worked_example() -> None:
    # R. G. Newcombe, Statistics in Medicine 1998, 17:857-872, table I: 81 of 263 and 1 of 29
    first, second = wilson(part=81, whole=263), wilson(part=1, whole=29)

    assert (round(first.low, 4), round(first.high, 4)) == (0.2553, 0.3662)
    assert (round(second.low, 4), round(second.high, 4)) == (0.0061, 0.1718)


def test_a_share_of_nothing_says_nothing() -> None:
    assert wilson(part=0, whole=0) == Share(part=0, whole=0, low=0.0, high=1.0)


def test_more_than_the_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2 is not a share"):
        wilson(part=3, whole=2)


@given(st.integers(1, 10_000), st.data())
def test_the_interval_holds_the_share_and_mirrors_the_other_one(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))

    share, other = wilson(part=part, whole=whole), wilson(part=whole - part, whole=whole)

    assert 0 <= share.low <= part / whole + 1e-12
    assert part / whole - 1e-12 <= share.high <= 1
    assert share.low == pytest.approx(1 - other.high)


def clock(*moments: str) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array(moments, dtype="datetime64[us]").astype(np.int64)


def test_night_is_told_by_the_wall_clock() -> None:
    times = [f"2024-07-{time}" for time in ("01T22:59", "02T23:00", "04T06:59", "06T07:00")]

    assert at_night(local=clock(*times)).tolist() == [False, True, True, False]


def test_the_weekend_is_saturday_and_sunday() -> None:
    days = [f"2024-03-{day:02d}T12:00" for day in range(1, 8)]  # a Friday to a Thursday

    assert at_weekend(local=clock(*days)).tolist() == [False, True, True, False, False, False, False]
    assert share_of(chosen=at_weekend(local=clock(*days))) == wilson(part=2, whole=7)
