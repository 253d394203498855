"""Landmarks: completing takes time, and that time must not count as success."""

import numpy as np
import pytest

import desist_evaluation as evaluation


def people_without_any_effect(seed: int, size: int = 2000) -> tuple[list[int], list[int], list[int | None]]:
    """Everyone has the same hazard; those still free of events at day 90 have completed at a day before it."""
    random = np.random.default_rng(seed)
    event, complete = random.exponential(200, size), random.integers(60, 120, size)
    willing = random.random(size) < 0.5
    t = np.minimum(event, 365).astype(int)
    exposed = [
        int(done) if wants and done <= end else None
        for done, wants, end in zip(complete, willing, t, strict=True)
    ]
    return t.tolist(), (event <= 365).astype(int).tolist(), exposed


def test_immortal_time_looks_like_an_effect_and_the_landmark_takes_it_away() -> None:
    t, e, exposed = people_without_any_effect(3)

    found = evaluation.landmark(t=t, e=e, exposed_at=exposed, landmark=120).as_dict()

    naive = found["naive"]
    assert isinstance(naive, dict)
    assert naive["hazard_ratio"] < 0.7
    assert naive["p"] < 1e-6
    assert found["estimate"] == pytest.approx(1, abs=0.15)


def test_people_gone_by_the_landmark_are_in_neither_group_and_counted() -> None:
    found = evaluation.landmark(
        t=[5, 8, 30, 40, 50, 60], e=[1, 0, 1, 0, 1, 1], exposed_at=[None, 4, 6, 7, None, 45], landmark=10
    )

    assert (found.n, found.events) == (4, 3)
    assert [found.values[name] for name in ("left_out_events", "left_out_censored", "exposed_n", "unexposed_n")] == [1, 1, 2, 2]  # fmt: skip
    assert any("Exposed only after day 10 and counted as not exposed: 1" in text for text in found.warnings)


def test_nobody_exposed_later_needs_no_word_on_it() -> None:
    found = evaluation.landmark(
        t=[30, 40, 50, 60], e=[1, 0, 1, 1], exposed_at=[6, 7, None, None], landmark=10
    )

    assert len(found.warnings) == 1
