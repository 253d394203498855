"""The release edition: no small number in it, none that can be worked back, and what is shown is what was counted."""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import html5lib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages.evaluation.tests.study.made_up import made_up
from packages.evaluation.tests.study.test_annex import plan
from packages.evaluation.tests.study.test_annex import write as write_annex

from desist_evaluation.disclosure import THRESHOLD
from desist_evaluation.study import release
from desist_evaluation.study.files import read_study
from desist_evaluation.study.release import Partition, protected
from desist_evaluation.wording import OverclaimError

BEGUN = date(2022, 1, 3)
TABLES = {"status", "outcome", "characteristics", "shares", "ratios"}


def write(*, episodes: str, events: str = "person,date,kind\n", **changed: Any) -> Mapping[str, str]:
    return release.write(data=read_study(episodes=episodes, events=events), plan=plan(**changed))


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def invented(seed: int, *, arms: int) -> tuple[str, str]:
    """People in arms of very unequal size, with small groups everywhere."""
    random = np.random.default_rng(seed)
    people, events = ["person,start,planned_end,end,end_reason,arm,tie,age"], ["person,date,kind"]
    for place in range(int(random.integers(5, 160))):
        arm = "abc"[min(arms - 1, int(random.geometric(0.5)) - 1)]
        start = BEGUN + timedelta(days=int(random.integers(0, 900))) if random.random() < 0.93 else None
        end = (
            start + timedelta(days=int(random.integers(5, 200))) if start and random.random() < 0.9 else None
        )
        reason = random.choice(["completed", "left", "moved"], p=[0.7, 0.2, 0.1]) if end else ""
        tie = random.choice(["ex", "kin", "stranger", ""], p=[0.6, 0.25, 0.1, 0.05])
        people.append(
            f"p{place},{start or ''},,{end or ''},{reason},{arm},{tie},{int(random.integers(18, 70))}"
        )
        if start and random.random() < 0.5:
            kind = random.choice(["stalking", "custody", "death"], p=[0.8, 0.15, 0.05])
            day = start + timedelta(days=int(random.integers(0, 700)))
            if day <= date(2025, 3, 31):
                events.append(f"p{place},{day},{kind}")
    return "\n".join(people), "\n".join(events)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_no_number_from_1_to_9_leaves_in_any_table_or_sentence(seed: int, arms: int) -> None:
    episodes, events = invented(seed, arms=arms)
    try:
        files = write(episodes=episodes, events=events)
    except ValueError as error:
        assert "must have someone to follow" in str(error)  # noqa: PT017  # a study of nobody is refused
        return

    for name in ("status.csv", "outcome.csv"):
        for row in rows(files[name])[1:]:
            assert not [cell for cell in row[1:] if cell != "withheld" and 1 <= int(cell) < THRESHOLD]
    for row in rows(files["characteristics.csv"])[1:]:
        if row[0].startswith("tie"):
            assert not [cell for cell in row[1:] if cell != "withheld" and 1 <= int(cell) < THRESHOLD]
    assert not re.search(r"\b[1-9] (people|of|completed|events)\b", files["release.html"])


PARTS = st.integers(1, 3).flatmap(
    lambda arms: st.lists(
        st.lists(st.sampled_from([0, 1, 4, 9, 10, 13, 40]), min_size=arms, max_size=arms),
        min_size=2,
        max_size=5,
    )
)


def partition(table: list[list[int]]) -> Partition:
    rows = tuple(map(str, range(len(table))))
    return Partition(name="t", title="T", rows=rows, counts=tuple(map(tuple, table)))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(PARTS)
def test_every_withheld_small_number_could_be_ten_larger_for_all_that_is_shown(
    table: list[list[int]],
) -> None:
    shown = protected([partition(table)])

    for place, size in enumerate(shown.sizes):
        column, cells = [row[place] for row in table], [row[place] for row in shown.cells]
        assert (size is None) == (sum(column) < THRESHOLD)
        if size is None:
            assert set(cells) == {None}
            continue
        assert size == sum(column)
        pairs = list(zip(column, cells, strict=True))
        hidden = [count for count, cell in pairs if cell is None]
        assert all(cell in {None, count} for count, cell in pairs)
        assert not [cell for cell in cells if cell is not None and 1 <= cell < THRESHOLD]
        if len(hidden) < len(column):  # where nothing of an arm is shown, its size alone is known
            assert all(count >= THRESHOLD or sum(hidden) - count >= THRESHOLD for count in hidden)


def test_the_finest_rows_that_can_leave_whole_are_taken_and_else_the_coarsest() -> None:
    fine, coarse, small = partition([[40], [3], [30]]), partition([[43], [30]]), partition([[70], [3]])

    assert protected([fine, coarse]).partition is coarse
    assert protected([coarse, fine]).partition is coarse
    assert protected([fine, small]).partition is small
    assert protected([fine, small]).cells == ((None,), (None,))


def test_subtraction_would_break_a_table_with_only_its_small_cell_withheld() -> None:
    shown = protected([partition([[40], [3], [30]])])

    assert [row[0] is None for row in shown.cells].count(True) >= 2
    assert shown.sizes == (73,)


def test_rows_are_joined_before_a_count_is_withheld() -> None:
    study = made_up(people=420)

    files = write(episodes=study.episodes, events=study.events)

    assert [row[0] for row in rows(files["outcome.csv"])] == [
        *("People", "New stalking by day 365", "In custody, dead or not followed to day 365"),
        *("Neither by day 365", "All"),
    ]
    assert "withheld" not in files["outcome.csv"]


def test_what_is_shown_is_what_a_recount_gives() -> None:
    study = made_up(people=2400)

    files = write(episodes=study.episodes, events=study.events)

    people = list(csv.DictReader(study.episodes.splitlines()))
    shown = {row[0]: row[1:] for row in rows(files["status.csv"])[1:]}
    counted = Counter(
        (one["arm"], bool(one["start"]), one["end_reason"] if one["end"] else "") for one in people
    )
    assert shown["Completed"][0] == str(counted["programme", True, "completed"])
    assert shown["All"] == [
        str(sum(one["arm"] == arm for one in people)) for arm in ("programme", "waiting list")
    ]
    ties = Counter((one["arm"], one["relationship to victim"]) for one in people)
    told = {row[0]: row[1] for row in rows(files["characteristics.csv"])}
    assert told["relationship to victim: other"] == str(ties["programme", "other"])
    ages = [float(one["age"]) for one in people if one["arm"] == "programme" and one["age"]]
    assert float(told["age: mean"]) == pytest.approx(np.mean(ages), abs=0.005)
    assert float(told["age: standard deviation"]) == pytest.approx(np.std(ages, ddof=1), abs=0.005)


def test_shares_and_ratios_are_those_of_the_whole_annex() -> None:
    study = made_up(people=2400)

    files = write(episodes=study.episodes, events=study.events)
    whole = write_annex(episodes=study.episodes, events=study.events)

    annexed = {row[1]: row[4:] for row in rows(whole["comparison.csv"])[1:3]}
    assert {row[0]: row[1:] for row in rows(files["shares.csv"])[1:]} == annexed
    ratios = rows(files["ratios.csv"])[1:]
    assert [row[0] for row in ratios] == [
        *("As counted (log-rank)", "As counted (Cox)", "Adjusted (Cox)", "Weighted (inverse probability)")
    ]
    assert ratios[0][2:] == rows(whole["ratios.csv"])[1][2:]
    assert f"{annexed['programme'][0]}% (95% interval" in files["release.html"]


def test_the_outcome_rows_share_out_the_people_that_the_curve_counts() -> None:
    study = made_up(people=2400)

    files = write(episodes=study.episodes, events=study.events)
    whole = write_annex(episodes=study.episodes, events=study.events)

    curve = next(row for row in csv.DictReader(whole["curve.csv"].splitlines()) if row["Day"] == "365")
    shown = {row[0]: row[1:] for row in rows(files["outcome.csv"])[1:]}
    assert curve["Arm"] == "programme"
    assert shown["New stalking by day 365"][0] == curve["With an event"]
    assert shown["Stopped by custody by day 365"][0] == curve["Stopped by custody"]
    assert shown["Stopped by death by day 365"][0] == curve["Stopped by death"]
    ended = sum(int(shown[name][0]) for name in list(shown)[:3])
    assert 0 <= int(curve["At risk"]) - int(shown["Neither by day 365"][0]) <= ended
    assert sum(int(cells[0]) for name, cells in shown.items() if name != "All") == int(shown["All"][0])


def test_an_arm_with_few_first_events_is_told_nowhere() -> None:
    lines = "".join(f"p{n},2024-01-01,{'xy'[n % 2]}\n" for n in range(80))
    events = (
        "person,date,kind\n"
        + "".join(f"p{n},2024-03-01,stalking\n" for n in range(1, 60, 2))
        + ("p0,2024-03-01,stalking\np2,2024-03-02,stalking\n")
    )

    files = write(episodes=f"person,start,arm\n{lines}", events=events)

    assert rows(files["shares.csv"])[1] == ["x", "withheld", "withheld", "withheld"]
    assert len(rows(files["ratios.csv"])) == 1
    assert "What happened to people of an arm is withheld" in files["release.html"]
    assert "<li>x: " not in files["release.html"]
    assert 'id="ratios-title"' not in files["release.html"]


def test_a_small_arm_is_withheld_whole() -> None:
    lines = "".join(f"p{n},2024-01-01,{'y' if n < 4 else 'x'},{30 + n},k\n" for n in range(50))

    files = write(episodes=f"person,start,arm,age,tie\n{lines}")

    for name in ("status", "outcome", "characteristics"):
        assert {row[2] for row in rows(files[f"{name}.csv"])[1:]} == {"withheld"}


def test_an_arm_that_nobody_could_be_followed_in_has_no_share_to_tell() -> None:
    lines = "".join(f"p{n},{'2025-03-01' if n % 2 else '2024-01-01'},{'xy'[n % 2]}\n" for n in range(80))

    files = write(episodes=f"person,start,arm\n{lines}")

    assert "x: 0.0% (95% interval 0.0% to " in files["release.html"]
    assert "<li>y: " not in files["release.html"]


def test_an_arm_in_which_everyone_had_the_outcome_is_told_nowhere() -> None:
    lines = "".join(f"p{n},2024-01-01,{'xy'[n % 2]}\n" for n in range(80))
    events = "person,date,kind\n" + "".join(f"p{n},2024-03-01,stalking\n" for n in range(0, 80, 2))

    files = write(episodes=f"person,start,arm\n{lines}", events=events)

    assert {row[1] for row in rows(files["outcome.csv"])[1:-1]} == {"withheld"}
    assert rows(files["shares.csv"])[1] == ["x", "withheld", "withheld", "withheld"]
    assert "100.0%" not in files["release.html"]


def test_a_share_without_an_interval_is_told_without_one() -> None:
    lines = "".join(f"p{n},{'2024-01-01' if n < 20 else '2025-01-01'}\n" for n in range(40))
    events = "person,date,kind\n" + "".join(f"p{n},2024-06-01,stalking\n" for n in range(20))

    files = write(episodes=f"person,start\n{lines}", events=events)

    assert "<li>Everyone: 100.0% had a first event by day 365.</li>" in files["release.html"]


def test_the_page_is_well_formed_with_its_tables_and_says_what_is_left_out() -> None:
    study = made_up(people=900)

    files = write(episodes=study.episodes, events=study.events)

    html5lib.HTMLParser(strict=True).parse(files["release.html"])
    assert set(files) == {"release.html", *(f"{name}.csv" for name in TABLES)}
    assert "a step of a curve is one person" in files["release.html"]
    assert "<script" not in files["release.html"]
    for text in files.values():
        assert not re.search(r"M\d{6}|[0-9a-f]{64}", text)


def test_a_name_that_claims_too_much_stops_the_release() -> None:
    with pytest.raises(OverclaimError):
        write(episodes="person,start,arm\na,2024-01-01,proven therapy\nb,2024-01-01,none\n")
