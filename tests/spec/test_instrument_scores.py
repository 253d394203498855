"""Scores, bands, cut-offs and reliable change as published; each row names its source."""

import pytest

from desist.instruments import changing, library, scoring
from desist_evaluation.change import clinical_cutoffs, error_of_difference, reliable_change_table

#: instrument, total, band, whether it reaches the cut-off
BANDS = [
    # Kroenke, Spitzer, Williams 2001: 5, 10, 15 and 20; caseness from 10 (NHS Talking Therapies manual)
    ("phq-9", 0, "Minimal", False),
    ("phq-9", 4, "Minimal", False),
    ("phq-9", 5, "Mild", False),
    ("phq-9", 9, "Mild", False),
    ("phq-9", 10, "Moderate", True),
    ("phq-9", 14, "Moderate", True),
    ("phq-9", 15, "Moderately severe", True),
    ("phq-9", 19, "Moderately severe", True),
    ("phq-9", 20, "Severe", True),
    ("phq-9", 27, "Severe", True),
    # Spitzer, Kroenke, Williams, Löwe 2006: 5, 10 and 15; caseness from 8 (NHS Talking Therapies manual)
    ("gad-7", 0, "Minimal", False),
    ("gad-7", 4, "Minimal", False),
    ("gad-7", 5, "Mild", False),
    ("gad-7", 7, "Mild", False),
    ("gad-7", 8, "Mild", True),
    ("gad-7", 9, "Mild", True),
    ("gad-7", 10, "Moderate", True),
    ("gad-7", 14, "Moderate", True),
    ("gad-7", 15, "Severe", True),
    ("gad-7", 21, "Severe", True),
    # Barkham et al. 2013 and the CORE System Trust: 11, 15, 20 and 25; clinical range from 11
    ("core-10", 0, "Low", False),
    ("core-10", 10, "Low", False),
    ("core-10", 11, "Mild", True),
    ("core-10", 14, "Mild", True),
    ("core-10", 15, "Moderate", True),
    ("core-10", 19, "Moderate", True),
    ("core-10", 20, "Moderate to severe", True),
    ("core-10", 24, "Moderate to severe", True),
    ("core-10", 25, "Severe", True),
    ("core-10", 40, "Severe", True),
    # National Center for PTSD: no severity bands; Forkus et al. 2023: cut-offs from 31 to 33
    ("pcl-5", 30, "", False),
    ("pcl-5", 31, "", True),
    ("pcl-5", 80, "", True),
]

#: instrument, answers, total, prorated
TOTALS = [
    ("phq-9", [3] * 9, 27, False),
    ("phq-9", [1, 1, 1, 1, 1, 1, 1, 1, 0], 8, False),
    ("gad-7", [3] * 7, 21, False),
    ("core-10", [4] * 10, 40, False),
    # CORE System Trust: one item left out, the mean of the others times ten
    ("core-10", [2] * 9 + [None], 20, True),
    ("core-10", [4, 3, 2, 1, 0, 0, 1, 2, 2, None], 16.7, True),
    ("core-10", [2] * 8 + [None, None], None, False),
    ("phq-9", [1] * 8 + [None], None, False),
    ("gad-7", [1] * 6 + [None], None, False),
    ("pcl-5", [4] * 20, 80, False),
    ("pcl-5", [4] * 19 + [None], None, False),
]

#: instrument, baseline, now, verdict
CHANGES = [
    # NHS Talking Therapies manual: 6 points on the PHQ-9, 4 on the GAD-7
    ("phq-9", 18, 12, "improved"),
    ("phq-9", 18, 13, "same"),
    ("phq-9", 12, 17, "same"),
    ("phq-9", 12, 18, "worse"),
    ("gad-7", 12, 8, "improved"),
    ("gad-7", 12, 9, "same"),
    ("gad-7", 8, 12, "worse"),
    # Barkham et al. 2013: 6 points at the 90 % level
    ("core-10", 20, 14, "improved"),
    ("core-10", 20, 15, "same"),
    ("core-10", 14, 20, "worse"),
    # Marx et al. 2022: the stricter of 15 and 18
    ("pcl-5", 50, 32, "improved"),
    ("pcl-5", 50, 33, "same"),
    ("pcl-5", 32, 50, "worse"),
]


@pytest.mark.parametrize(("name", "total", "band", "case"), BANDS)
def test_a_total_lies_in_its_published_band(name: str, total: int, band: str, case: bool) -> None:
    score = scoring.of_total(instrument=library.instrument(name=name), total=total)

    assert (score.band, score.case) == (band, case)


@pytest.mark.parametrize(("name", "answers", "total", "prorated"), TOTALS)
def test_answers_come_to_their_total(
    name: str, answers: list[int | None], total: float | None, prorated: bool
) -> None:
    score = scoring.of_answers(instrument=library.instrument(name=name), answers=answers)

    assert (score.total, score.prorated) == (total, prorated)


@pytest.mark.parametrize(("name", "baseline", "now", "verdict"), CHANGES)
def test_a_change_is_improved_the_same_or_worse(name: str, baseline: int, now: int, verdict: str) -> None:
    moved = changing.change(instrument=library.instrument(name=name), baseline=baseline, score=now)

    assert moved.verdict == verdict


def test_the_core_10_reproduces_its_published_cut_off_and_change() -> None:
    """General population M 4.7, SD 4.8; counselling M 19.7, SD 7.7; alpha .90 (Barkham et al. 2013)."""
    norms = library.instrument(name="core-10").norms
    assert norms is not None

    cutoffs = clinical_cutoffs(
        clinical_mean=19.7, clinical_sd=7.7, normal_mean=4.7, normal_sd=4.8, higher_is_better=False
    ).values

    assert cutoffs["c"] == pytest.approx(10.46, abs=0.005)
    assert changing.least_reliable(norms) == pytest.approx(5.66, abs=0.005)


@pytest.mark.parametrize("now", range(41))
def test_the_verdicts_are_those_of_the_evaluation(now: int) -> None:
    """The same arithmetic in the statistics package, at 95 %: 1.96 * SD * sqrt(2) * sqrt(1 - r)."""
    norms = library.instrument(name="core-10").norms
    assert norms is not None
    assert norms.sd is not None
    strict = type(norms)(**{**vars(norms), "level": 0.95})
    least = changing.least_reliable(strict)
    _, difference = error_of_difference(norms.sd, norms.reliability)

    table = reliable_change_table(
        pre=[20], post=[now], sd=norms.sd, reliability=norms.reliability or 0, higher_is_better=False
    ).values

    assert least == pytest.approx(1.96 * difference, abs=1e-3)
    assert bool(table["improved"]) == (least is not None and 20 - now >= least)
    assert bool(table["deteriorated"]) == (least is not None and now - 20 >= least)
