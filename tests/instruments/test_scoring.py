"""Totals by the rule, bands, and what is never guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.instruments import changing, library, scoring
from desist.instruments.model import Instrument, Norms

PHQ9 = library.instrument(name="phq-9")
CORE10 = library.instrument(name="core-10")
EVERY = st.sampled_from(library.current())


@settings(max_examples=80)
@given(
    EVERY.flatmap(
        lambda known: st.tuples(
            st.just(known), st.tuples(*[st.sampled_from(known.figures)] * len(known.items))
        )
    )
)
def test_a_whole_form_comes_to_its_sum_within_its_range(drawn: tuple) -> None:  # type: ignore[type-arg]  # drawn together
    known, answers = drawn

    score = scoring.of_answers(instrument=known, answers=answers)

    assert score.total == sum(answers)
    assert known.least <= score.total <= known.most
    assert not score.prorated
    assert scoring.of_total(instrument=known, total=sum(answers)).band == score.band


@settings(max_examples=80)
@given(st.lists(st.none() | st.integers(0, 4), min_size=10, max_size=10))
def test_a_gap_is_prorated_by_the_rule_or_gives_no_total(answers: list[int | None]) -> None:
    score = scoring.of_answers(instrument=CORE10, answers=answers)

    gaps = answers.count(None)
    given_answers = [answer for answer in answers if answer is not None]
    assert len(score.left_out) == gaps
    if gaps > 1:
        assert (score.total, score.band, score.case) == (None, "", None)
    else:
        assert score.total == round(sum(given_answers) / len(given_answers) * 10, 1)
        assert score.prorated == (gaps == 1)


def test_where_no_rule_is_known_one_gap_gives_no_total() -> None:
    score = scoring.of_answers(instrument=PHQ9, answers=[1] * 8 + [None])

    assert (score.total, score.left_out) == (None, (9,))


@pytest.mark.parametrize(("answer", "asked"), [(0, []), (1, [9]), (2, [9]), (3, [9]), (None, [])])
def test_any_answer_above_nought_to_item_nine_asks_for_a_safety_check(
    answer: int | None, asked: list[int]
) -> None:
    score = scoring.of_answers(instrument=PHQ9, answers=[0] * 8 + [answer])

    assert [item.number for item in score.safety] == asked


def test_a_safety_item_counts_although_the_form_has_gaps() -> None:
    score = scoring.of_answers(instrument=PHQ9, answers=[None] * 8 + [1])

    assert score.total is None
    assert [item.number for item in score.safety] == [9]


def test_an_answer_the_form_does_not_have_is_refused() -> None:
    with pytest.raises(scoring.NotAnAnswer, match="Item 3 of PHQ-9 is answered from 0 to 3, not 4"):
        scoring.of_answers(instrument=PHQ9, answers=[0, 0, 4, 0, 0, 0, 0, 0, 0])


def test_too_few_answers_are_refused() -> None:
    with pytest.raises(scoring.NotAnAnswer, match="PHQ-9 has 9 items, not 8"):
        scoring.of_answers(instrument=PHQ9, answers=[0] * 8)


@pytest.mark.parametrize("total", [-1, 28])
def test_a_total_the_form_cannot_come_to_is_refused(total: int) -> None:
    with pytest.raises(scoring.NotAnAnswer, match="lies between 0 and 27"):
        scoring.of_total(instrument=PHQ9, total=total)


def test_without_norms_a_change_is_points_and_no_verdict() -> None:
    moved = changing.change(instrument=library.instrument(name="goal"), baseline=3, score=7)

    assert (moved.points, moved.verdict, moved.norms) == (4, None, None)


@settings(max_examples=60)
@given(EVERY, st.floats(0, 27), st.floats(0, 27))
def test_a_change_turned_round_is_the_opposite_verdict(
    known: Instrument, first: float, second: float
) -> None:
    opposite = {
        changing.Verdict.IMPROVED: changing.Verdict.WORSE,
        changing.Verdict.WORSE: changing.Verdict.IMPROVED,
        changing.Verdict.SAME: changing.Verdict.SAME,
        None: None,
    }

    there = changing.change(instrument=known, baseline=first, score=second)
    back = changing.change(instrument=known, baseline=second, score=first)

    assert back.verdict == opposite[there.verdict]


@pytest.mark.parametrize(
    ("norms", "said"),
    [
        (
            CORE10.norms,
            (
                "A change of 5.66 points or more is reliable: SD 7.7, r 0.90 (Cronbach’s alpha), level 90% "
                "(Barkham et al. 2013, who round to 6 points; clients in counselling, M 19.7, n = 1,835)."
            ),
        ),
        (
            PHQ9.norms,
            (
                "A change of 6 points or more is reliable, as published (NHS Talking Therapies manual; people in NHS "
                "Talking Therapies). That source does not print the SD and the reliability."
            ),
        ),
        (
            Norms(population="some people", source="a study", level=0.95, points=5),
            (
                "A change of 5 points or more is reliable at the 95% level, as published (a study; some people). "
                "That source does not print the SD and the reliability."
            ),
        ),
        (Norms(population="nobody yet", source=""), "Reliable change cannot be judged (nobody yet)."),
    ],
)
def test_what_stands_behind_a_verdict_is_told(norms: Norms, said: str) -> None:
    assert changing.told(norms) == said
