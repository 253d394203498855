"""Two arms made alike, and the annex in short: held against the data that made them."""

import csv
from typing import Any

import numpy as np
import pytest
from packages.evaluation.tests.study.made_up import made_up
from packages.evaluation.tests.study.test_annex import plan, rows, write

import desist_evaluation as evaluation
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.study.adjusted import ADJUSTED, CRUDE, WEIGHTED, Adjusted, adjust, coded
from desist_evaluation.study.files import StudyData, read_study
from desist_evaluation.study.follow import Followed, followed, records_of
from desist_evaluation.study.plan import MAIN


def confounded(*, people: int = 900, effect: float = 1.0) -> tuple[str, str]:
    """Return a study in which people with many earlier offences attend more often, and offend more in either group."""
    random = np.random.default_rng(12)
    prior, day = random.poisson(2, people), np.zeros(people)
    treated = random.random(people) < 1 / (1 + np.exp(-(prior - 2)))
    day = random.exponential(700 / (np.exp(0.5 * (prior - 2)) * np.where(treated, effect, 1))).astype(int) + 1
    episodes = ["person,start,arm,prior offences,note"]
    episodes += [
        f"p{n},2023-01-01,{'programme' if treated[n] else 'usual'},{prior[n]},t{n}" for n in range(people)
    ]
    first = np.datetime64("2023-01-01")
    events = ["person,date,kind,source"]
    events += [f"p{n},{first + int(day[n])},stalking,police" for n in range(people) if day[n] < 700]
    return "\n".join(episodes), "\n".join(events)


def read(
    episodes: str, events: str = "person,date,kind\n", **changed: Any
) -> tuple[StudyData, Followed, Adjusted]:
    data, settled = read_study(episodes=episodes, events=events), plan(**changed)
    people = followed(records_of(data, settled), settled, MAIN)
    return data, people, adjust(data, settled, people, data.arms[-1])


def test_what_confounding_hides_is_found_both_ways_and_the_arms_become_alike() -> None:
    _, _, found = read(*confounded())

    crude, adjusted, weighted = (
        found.results[how].values["hazard_ratio"] for how in (CRUDE, ADJUSTED, WEIGHTED)
    )
    assert float(str(crude)) > 1.3
    assert float(str(adjusted)) == pytest.approx(1, abs=0.15)
    assert float(str(weighted)) == pytest.approx(1, abs=0.2)
    ((name, before, after),) = found.balance_table().rows
    assert name == "prior offences"
    assert isinstance(before, float)
    assert before > 0.5
    assert after == pytest.approx(0, abs=0.1)
    assert "note has more than 12 different words and is not adjusted for." in found.notes


def test_each_figure_is_that_of_the_librarys_own_function_on_the_same_people() -> None:
    _, people, found = read(*confounded(people=300, effect=0.5))
    prior = [int(row["prior offences"]) for row in csv.DictReader(confounded(people=300)[0].splitlines())]
    treated = (people.arm == "programme").astype(int)

    expected = evaluation.cox_ph(
        t=people.days, e=people.happened, covariates={"arm": treated, "prior": prior}, term="arm"
    )

    shown = {str(row[0]): row[1:] for row in found.ratios_table().rows}
    limits = expected.interval
    assert limits is not None
    assert shown[ADJUSTED][:3] == ("programme against usual", 300, expected.events)
    assert shown[ADJUSTED][3:6] == tuple(
        round(float(value or 0), 2) for value in (expected.estimate, limits.low, limits.high)
    )


def test_words_are_adjusted_for_by_their_kinds_and_gaps_leave_people_out() -> None:
    study = made_up(people=400)

    files = write(episodes=study.episodes, events=study.events)

    assert "Made alike on: age, relationship to victim: other." in files["annex.html"]
    assert "people for whom one of these is not known are left out of all three" in files["annex.html"]
    counted = {row["How"]: int(row["People"]) for row in rows(files["adjusted.csv"])}
    assert len(set(counted.values())) == 1
    unknown = sum(
        not row["age"] and bool(row["start"]) for row in csv.DictReader(study.episodes.splitlines())
    )
    followed_in_all = sum(int(row["People"]) for row in rows(files["comparison.csv"])[:2])
    assert counted[CRUDE] == followed_in_all - unknown


def test_only_named_columns_are_adjusted_for_and_a_name_that_is_none_is_refused() -> None:
    study = made_up(people=200)

    files = write(episodes=study.episodes, events=study.events, adjust=("age",))

    assert "Made alike on: age." in files["annex.html"]
    with pytest.raises(InvalidInputError, match=r"adjust: must name columns of EPISODES \(age, relationship"):
        write(episodes=study.episodes, events=study.events, adjust=("height",))
    with pytest.raises(InvalidInputError, match=r"adjust: must name columns of EPISODES \(none\)"):
        write(episodes="person,start,arm\na,2024-01-01,x\nb,2024-01-01,y\n", adjust=("age",))


def arms(*, size: int = 60, cells: Any = lambda _: "") -> str:
    return "person,start,arm,score\n" + "".join(
        f"p{n},2024-01-01,{'xy'[n % 2]},{cells(n)}\n" for n in range(size)
    )


SOME = (
    "person,date,kind\n"
    + "".join(f"p{n},2024-0{1 + n % 6}-{10 + n % 17},stalking\n" for n in range(0, 60, 4))
    + ("".join(f"p{n},2024-0{1 + n % 5}-{11 + n % 15},stalking\n" for n in range(1, 60, 4)))
)


@pytest.mark.parametrize(
    ("episodes", "changed", "words", "results"),
    [
        (arms(), {}, "score is not known of 100% and is not adjusted for.", [CRUDE]),
        (arms(), {"adjust": ("score",)}, "score is not known of 100% and is not adjusted for.", [CRUDE]),
        (arms(cells=lambda n: n % 7 if n < 40 else ""), {}, "score is not known of 33% and is not", [CRUDE]),
        (
            arms(cells=lambda n: n % 7 if n < 40 else ""),
            {"adjust": ("score",)},
            "20 people for whom one of these is not known",
            [CRUDE, ADJUSTED, WEIGHTED],
        ),
        (arms(cells=lambda _: "same"), {}, "Nothing was recorded before on which", [CRUDE]),
        (
            arms(cells=lambda n: n % 2),
            {},
            f"{WEIGHTED}: not given. covariates: must not repeat each other",
            [CRUDE],
        ),
        (arms(cells=lambda n: "ab"[n % 3 == 0]), {}, "Made alike on: score: b.", [CRUDE, ADJUSTED, WEIGHTED]),
        (
            arms(cells=lambda n: "nan" if n % 3 else 1),
            {},
            "Made alike on: score: ",
            [CRUDE, ADJUSTED, WEIGHTED],
        ),
    ],
)
def test_what_can_not_be_adjusted_for_is_said(
    episodes: str, changed: dict[str, Any], words: str, results: list[str]
) -> None:
    _, _, found = read(episodes, SOME, **changed)

    assert any(words in note for note in found.notes), found.notes
    assert set(found.results) <= {CRUDE, ADJUSTED, WEIGHTED}
    assert sorted(found.results) == sorted(results)


def test_arms_without_an_outcome_or_without_people_have_no_ratio() -> None:
    for _, _, found in (read(arms()), read("person,start,arm\na,2024-01-01,x\nb,,y\n")):
        assert found.notes[-1] == "Nobody had the outcome, or an arm is empty: there is no hazard ratio."
        assert found.ratios_table().rows == found.balance_table().rows == ()


@pytest.mark.parametrize("names", ["x", "xyz"])
def test_one_arm_or_three_are_not_adjusted(names: str) -> None:
    lines = "".join(f"p{n},2024-01-01,{names[n % len(names)]}\n" for n in range(9))

    _, _, found = read(f"person,start,arm\n{lines}")

    assert found.notes == ("Arms are adjusted only where there are two.",)


def test_a_category_is_coded_against_its_commonest_word() -> None:
    found = coded("tie", ["ex", "ex", "other", "", "kin"])

    assert found is not None
    assert list(found) == ["tie: kin", "tie: other"]
    assert np.array_equal(found["tie: other"], [0, 0, 1, np.nan, 0], equal_nan=True)


def summary_of(**given: Any) -> list[str]:
    page = write(**given)["annex.html"]
    block = page.partition('<ul class="summary">')[2].partition("</ul>")[0]
    return [line.strip()[4:-5] for line in block.splitlines() if line.strip()]


def test_the_annex_begins_with_what_it_says_in_short() -> None:
    episodes, events = confounded(effect=0.5)

    told = summary_of(episodes=episodes, events=events, reference="usual")

    assert told[0].startswith("900 of 900 people were followed, from start to 31 March 2025 at the latest: ")
    assert told[1] == "900 started and 0 completed."
    assert any(line.startswith("programme: ") and "had a first event by day 365" in line for line in told)
    assert any("programme against usual: first events came " in line for line in told)
    assert any(line.startswith("With the arms made alike on what was recorded, 0.") for line in told)
    assert told[-1].startswith("A first event is new stalking that is in the files")


def test_a_comparison_says_whether_no_difference_lies_in_its_interval() -> None:
    clear = summary_of(**dict(zip(("episodes", "events"), confounded(effect=0.2), strict=True)))
    weak = summary_of(episodes=arms(cells=lambda n: n % 7), events=SOME)

    assert any("1 lies outside the interval." in line for line in clear)
    assert any("these people show neither a difference nor that there is none" in line for line in weak)


def test_with_nothing_to_compare_the_summary_says_so() -> None:
    assert "There is nothing to compare with: this says what happened, not why." in summary_of(
        episodes="person,start\na,2024-01-01\n"
    )
    assert "y against x: too few events to compare." in summary_of(episodes=arms())


def test_the_people_at_risk_stand_under_the_curve() -> None:
    study = made_up(people=300)

    files = write(episodes=study.episodes, events=study.events)

    drawn = files["annex.html"].partition('aria-labelledby="curve-svg-title"')[2].partition("</svg>")[0]
    assert drawn.count("At risk, ") == 2
    told = {(row["Arm"], row["Day"]): row["At risk"] for row in rows(files["curve.csv"])}
    assert all(f">{count}</text>" in drawn for count in told.values())


def test_the_curves_table_counts_everyone_once() -> None:
    study = made_up(people=300)

    files = write(episodes=study.episodes, events=study.events)

    people = {row["Group"]: int(row["People"]) for row in rows(files["comparison.csv"])[:2]}
    for row in rows(files["curve.csv"]):
        ended = [
            int(row[name])
            for name in ("With an event", "Stopped by custody", "Stopped by death", "Follow-up over")
        ]
        assert int(row["At risk"]) >= people[row["Arm"]] - sum(ended)
        assert row["Day"] != "365" or int(row["At risk"]) - 3 <= people[row["Arm"]] - sum(ended)
