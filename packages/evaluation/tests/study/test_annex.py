"""The annex: complete, true to its figures, honest in its words, and without anyone in it."""

import csv
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import html5lib
import pytest
from packages.evaluation.tests.study.made_up import CUT, made_up

import desist_evaluation as evaluation
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import Design
from desist_evaluation.study import annex
from desist_evaluation.study.files import read_study
from desist_evaluation.study.plan import DEFINITIONS, StudyPlan
from desist_evaluation.wording import OverclaimError

TODAY = date(2026, 1, 5)
TABLES = {
    *("power", "flow", "baseline", "curve", "comparison", "ratios"),
    *("adjusted", "balance", "definitions", "missing"),
}


def plan(**changed: object) -> StudyPlan:
    settings: dict[str, object] = {"data_cut": CUT, "as_of": TODAY, **changed}
    return StudyPlan(**settings)  # type: ignore[arg-type]  # the plan checks each of them


def write(
    *, episodes: str, events: str = "person,date,kind,source\n", gaps: str = "", **changed: object
) -> Mapping[str, str]:
    return annex.write(data=read_study(episodes=episodes, events=events, gaps=gaps), plan=plan(**changed))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module")
def made() -> Mapping[str, str]:
    study = made_up(people=300)
    return write(episodes=study.episodes, events=study.events, gaps=study.gaps)


def test_every_table_is_in_the_page_and_a_file(made: Mapping[str, str]) -> None:
    assert set(made) == {"annex.html", "results.json", *(f"{name}.csv" for name in TABLES)}
    for name in TABLES:
        assert f'href="{name}.csv"' in made["annex.html"]
        assert f'id="{name}-title"' in made["annex.html"]


def test_power_comes_before_any_outcome(made: Mapping[str, str]) -> None:
    headings = re.findall(r"<h2>(.+?)</h2>", made["annex.html"])

    assert headings[:2] == ["In short", "1. Before the result"]
    assert headings.index("3. What happened") > 1


def test_the_page_is_well_formed_and_asks_nobody_for_anything(made: Mapping[str, str]) -> None:
    parser = html5lib.HTMLParser(strict=True)

    parser.parse(made["annex.html"])

    assert re.findall(r'(?:src|href)="(?!#|data:,|[a-z]+\.(?:csv|json)")[^"]*"', made["annex.html"]) == []
    assert "<script" not in made["annex.html"]
    assert not re.search(r"@import|url\(|style=", made["annex.html"])


def test_nobody_is_in_what_leaves_the_study(made: Mapping[str, str]) -> None:
    for text in made.values():
        assert not re.search(r"M\d{6}", text)


def test_the_shares_are_those_of_the_librarys_own_function(made: Mapping[str, str]) -> None:
    study = made_up(people=300)
    data = read_study(episodes=study.episodes, events=study.events, gaps=study.gaps)
    followed = evaluation.follow_up(
        episodes=data.episodes,
        events=[event for event in data.events if event.source != "victim"],
        gaps=data.gaps,
        outcome=["stalking"],
        competing=["custody", "death"],
        data_cut=CUT,
    ).as_dict()
    arms: Any = followed["arm"]
    mine = [place for place, arm in enumerate(arms) if arm == "programme"]

    share = evaluation.cumulative_incidence(
        t=[followed["t"][place] for place in mine],  # type: ignore[index]  # a list in JSON
        event=[followed["event"][place] for place in mine],  # type: ignore[index]  # a list in JSON
        times=[365],
    )

    printed = next(row for row in rows(made["comparison.csv"]) if row["Group"] == "programme")
    assert float(printed["With an event by day 365, %"]) == round(100 * float(share.estimate or 0), 1)
    assert int(printed["People"]) == len(mine)


def test_the_flow_adds_up(made: Mapping[str, str]) -> None:
    steps = {
        row["Step"]: {arm: int(row[arm]) for arm in ("programme", "waiting list")}
        for row in rows(made["flow.csv"])
    }
    left = [counts["programme"] for step, counts in steps.items() if step.startswith("Left: ")]

    assert steps["Started"]["programme"] == steps["Completed"]["programme"] + sum(left)
    ends = [steps[step]["programme"] for step in steps if step.startswith(("Outcome", "Stopped", "Neither"))]
    assert steps["Followed"]["programme"] == sum(ends)


def test_three_analyses_stand_side_by_side(made: Mapping[str, str]) -> None:
    analyses = [row["Analysis"] for row in rows(made["comparison.csv"])]

    assert analyses == [
        *["Everyone as they began"] * 2,
        *["From the landmark, day 98"] * 2,
        *["Completers from the start (misleading)"] * 2,
    ]
    assert rows(made["ratios.csv"])[0]["Compared"] == "programme against waiting list"


def test_completers_from_the_start_look_better_than_they_are() -> None:
    study = made_up(people=6000)

    files = write(episodes=study.episodes, events=study.events, gaps=study.gaps)

    ratios = {row["Analysis"]: float(row["Hazard ratio"]) for row in rows(files["ratios.csv"])}
    naive, fair = ratios["Completers from the start (misleading)"], ratios["From the landmark, day 98"]
    assert naive < fair
    assert fair == pytest.approx(1, abs=0.25)
    assert ratios["Everyone as they began"] == pytest.approx(0.75, abs=0.12)


def test_the_four_definitions_nest(made: Mapping[str, str]) -> None:
    events = {
        row["Definition"]: int(row["First events"])
        for row in rows(made["definitions.csv"])
        if row["Arm"] == "programme"
    }

    assert list(events) == list(DEFINITIONS)
    stalking, breach, wider, anything = events.values()
    assert stalking <= wider <= anything
    assert breach <= anything


def test_what_only_a_victim_reported_is_counted_only_when_asked() -> None:
    episodes = "person,start\na,2024-01-01\nb,2024-01-01\n"
    events = "person,date,kind,source\na,2024-03-01,stalking,victim\n"

    usual = write(episodes=episodes, events=events)
    asked = write(episodes=episodes, events=events, victim_reports=True)

    assert "1 events that only a victim reported are not counted" in usual["annex.html"]
    assert rows(usual["comparison.csv"])[0]["Events"] == "0"
    assert rows(asked["comparison.csv"])[0]["Events"] == "1"


def test_one_arm_is_said_to_show_nothing_of_cause() -> None:
    study = made_up(people=60, two_arms=False)

    files = write(episodes=study.episodes, events=study.events)

    assert "cannot show that the programme caused anything" in files["annex.html"]
    assert "There is no second arm" in files["annex.html"]


def test_only_a_randomised_design_speaks_of_the_allocation(made: Mapping[str, str]) -> None:
    study = made_up(people=80)

    files = write(episodes=study.episodes, events=study.events, design=Design.RANDOMISED)

    assert "may be put down to the allocation" in files["annex.html"]
    assert "this cannot show that the programme caused a difference" in made["annex.html"]


def test_a_table_without_lines_says_so_and_days_are_written_out() -> None:
    page = write(episodes="person,start\na,2024-01-01\n")["annex.html"]

    balance = page.partition('id="balance-title"')[2].partition("<h3")[0]
    assert "There is nothing to show here." in balance
    assert "<table" not in balance
    assert "<dt>Data to</dt><dd>31 March 2025</dd>" in page


def test_one_person_has_an_annex() -> None:
    files = write(episodes="person,start\na,2024-01-01\n")

    assert "0.0%" in files["annex.html"]
    assert "fewer than ten people: not drawn" in files["annex.html"]
    assert "There is no ratio with a value to draw" in files["annex.html"]


def test_an_arm_that_nobody_started_is_shown_empty() -> None:
    files = write(episodes="person,start,arm\na,2024-01-01,x\nb,,y\n")

    assert "y: 0 people, nobody followed to day 365" in files["annex.html"]
    assert [row["People"] for row in rows(files["definitions.csv"]) if row["Arm"] == "y"][:1] == ["0"]


def test_follow_up_that_ends_before_the_horizon_is_not_guessed() -> None:
    study = made_up(people=200)

    files = write(episodes=study.episodes, events=study.events, horizon=9000)

    assert "nobody followed to day 9000" in files["annex.html"]


def test_a_landmark_that_empties_a_group_gives_no_ratio() -> None:
    episodes = "person,start,end,end_reason\n" + "".join(
        f"p{place},2024-01-01,2024-03-01,completed\n" for place in range(12)
    )

    files = write(episodes=episodes)

    assert "The landmark leaves a group empty" in files["annex.html"]
    assert files["ratios.csv"].count("\n") == 1


def test_a_completion_before_time_zero_or_after_follow_up_is_no_exposure() -> None:
    episodes = (
        "person,referral,start,planned_end,end,end_reason\n"
        "a,2024-01-01,2024-01-05,2024-06-01,2024-03-01,completed\n"
        "b,2024-01-01,2024-01-05,2024-06-01,2024-03-01,withdrew\n"
    )

    files = write(episodes=episodes, time_zero="planned_end")

    assert "Nobody completed within follow-up" in files["annex.html"]


def test_someone_without_time_zero_is_not_a_completer() -> None:
    episodes = "person,referral,start,end,end_reason\na,2024-01-01,,2024-03-01,completed\nb,2024-01-01,2024-01-05,,\n"

    files = write(episodes=episodes)

    assert "Nobody completed within follow-up" in files["annex.html"]


def test_nobody_to_follow_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="must have someone to follow"):
        write(episodes="person,start\na,\n")


def test_a_reference_that_is_no_arm_is_refused() -> None:
    episodes = "person,start,arm\na,2024-01-01,x\nb,2024-01-01,y\n"

    assert "x against y" in write(episodes=episodes, reference="y")["ratios.csv"]
    with pytest.raises(InvalidInputError, match="reference: must be one of x, y"):
        write(episodes=episodes, reference="z")


def test_a_name_that_claims_too_much_stops_the_annex() -> None:
    with pytest.raises(OverclaimError):
        write(episodes="person,start,arm\na,2024-01-01,proven therapy\nb,2024-01-01,none\n")


def test_a_heading_of_the_data_runs_in_no_spreadsheet() -> None:
    files = write(episodes="person,start,arm,=1+1\na,2024-01-01,=2+2,1\nb,2024-01-01,@b,2\n")

    for name, text in files.items():
        if name.endswith(".csv"):
            cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "@"))], name
    assert "'=1+1" in files["baseline.csv"]


def test_names_in_the_data_are_shown_as_text() -> None:
    files = write(episodes="person,start,arm,<b>age</b>\na,2024-01-01,=SUM(A1),1\nb,2024-01-01,<script>,2\n")

    assert "<script>" not in files["annex.html"]
    assert "&lt;script&gt;" in files["annex.html"]
    assert "'=SUM(A1)" in files["definitions.csv"]


def test_results_carry_estimand_grade_and_hash_but_no_person(made: Mapping[str, str]) -> None:
    results = json.loads(made["results.json"])

    assert [found["function"] for found in results] == [
        "follow_up",
        "cumulative_incidence",
        "cumulative_incidence",
        "logrank_test",
        "landmark",
        "cox_ph",
        "cox_ph",
        "weighted_hazard_ratio",
    ]
    for found in results:
        assert found["estimand"]["outcome"] == "New stalking"
        assert len(found["input_hash"]) == 64
        assert annex.PERSONAL & set(found) == set()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"data_cut": date(2027, 1, 1)}, "data_cut: must not be after 2026-01-05"),
        ({"time_zero": "birth"}, "time_zero: must be one of"),
        ({"horizon": 1}, "horizon: must be at least 2"),
        ({"landmark": 365}, "landmark: must be before the horizon"),
        ({"landmark": 0}, "landmark: must be at least 1"),
        ({"lag_days": -1}, "lag_days: must not be negative"),
        ({"lag_days": 10_000}, "lag_days: must be at most 3,660"),
        ({"expected": 1.0}, "expected: must lie between 0 and 1"),
        ({"level": 95}, "level: must lie between 0 and 1"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        plan(**changed)
