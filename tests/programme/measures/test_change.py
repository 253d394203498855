"""Baseline, mid and closing: improved, no reliable change and worse told apart, and what is missing stays missing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from psycopg.types.range import TimestamptzRange
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories
from tests.programme.reading import text

from desist.instruments.changing import Verdict
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports import facts
from desist.programme.measures import comparing
from desist.programme.measures.models import Measure
from desist.programme.measures.states import Occasion

pytestmark = pytest.mark.django_db

#: the least reliable change of the PHQ-9 is 6 points, as the NHS prints it
BASELINE, SIX_LOWER, FIVE_LOWER, SIX_HIGHER = (
    (2,) * 9,
    (2,) * 6 + (0,) * 3,
    (2,) * 6 + (1, 0, 0),
    (3,) * 6 + (2,) * 3,
)


def take(
    episode: Episode, occasion: str, answers: tuple[int | None, ...], days: int = 0, **fields: object
) -> Measure:
    day = factories.NOW.date() + timedelta(days=days)
    return factories.measure(
        episode=episode, instrument="phq-9", occasion=occasion, answers=list(answers), taken_on=day, **fields
    )


def compared(episode: Episode) -> comparing.Comparison:
    return comparing.compare(episode.measures.all(), began=None)[0]


@pytest.mark.parametrize(
    ("closing", "verdict", "words"),
    [
        (SIX_LOWER, Verdict.IMPROVED, "Improved"),
        (FIVE_LOWER, Verdict.SAME, "No reliable change"),
        (BASELINE, Verdict.SAME, "No reliable change"),
        (SIX_HIGHER, Verdict.WORSE, "Worse"),
    ],
)
def test_a_closing_is_told_against_the_baseline(
    kit_browser: Client, episode: Episode, closing: tuple[int, ...], verdict: Verdict, words: str
) -> None:
    take(episode, "baseline", BASELINE)
    take(episode, "closing", closing, days=80)

    page = text(kit_browser.get(f"/measures/of/{episode.ref}/change/"))

    assert compared(episode).closing.verdict is verdict
    assert words in page
    assert "A change of 6 points or more is reliable, as published (NHS Talking Therapies manual" in page


def test_which_sd_reliability_and_level_stands_beside_the_verdict(
    kit_browser: Client, episode: Episode
) -> None:
    for occasion in ("baseline", "closing"):
        factories.measure(episode=episode, instrument="core-10", occasion=occasion)

    page = text(kit_browser.get(f"/measures/of/{episode.ref}/change/"))

    assert "SD 7.7, r 0.90 (Cronbach’s alpha), level 90%" in page


def test_what_was_not_taken_stays_missing(kit_browser: Client, episode: Episode) -> None:
    take(episode, "baseline", BASELINE)

    page = text(kit_browser.get(f"/measures/of/{episode.ref}/change/"))

    assert [(one.total, one.lacking) for one in compared(episode).points] == [
        (18.0, ""),
        (None, "Not taken"),
        (None, "Not taken"),
    ]
    assert "1 that cannot be judged" in page
    assert "Fill in the closing PHQ-9" in page


def test_a_half_answered_closing_has_no_total_and_no_verdict(kit_browser: Client, episode: Episode) -> None:
    take(episode, "baseline", BASELINE)
    take(episode, "closing", (2, 2, 2, None, None, 2, 2, 2, 0), days=80)

    page = text(kit_browser.get(f"/measures/of/{episode.ref}/change/"))

    assert compared(episode).closing.verdict is None
    assert "No total: item 4, 5 left out" in page
    assert "0 improved, 0 without reliable change, 0 worse, 1 that cannot be judged" in page


def test_without_a_baseline_nothing_is_compared(kit_browser: Client, episode: Episode) -> None:
    take(episode, "closing", BASELINE)

    assert compared(episode).closing.said == "Cannot be judged: there is no baseline"


def test_a_baseline_without_a_total_compares_nothing(episode: Episode) -> None:
    take(episode, "baseline", (None, *BASELINE[1:]))
    take(episode, "closing", SIX_LOWER, days=80)

    assert compared(episode).closing.said == "Cannot be judged: the baseline has no total"
    assert compared(episode).points[0].said == "Cannot be judged"


def test_the_first_baseline_and_the_last_closing_count_and_what_is_struck_does_not(episode: Episode) -> None:
    first = take(episode, "baseline", BASELINE)
    take(episode, "baseline", SIX_LOWER, days=1)
    take(episode, "closing", SIX_LOWER, days=80)
    last = take(episode, "closing", FIVE_LOWER, days=81)
    take(episode, "closing", (None, *BASELINE[1:]), days=82)
    take(
        episode,
        "closing",
        SIX_HIGHER,
        days=83,
        struck_reason="Another person’s form",
        struck_by="carol",
        struck_at=factories.NOW,
    )

    told = compared(episode)

    assert (told.points[0].ref, told.closing.ref) == (first.ref, last.ref)
    assert told.closing.verdict is Verdict.SAME


def test_an_instrument_without_norms_moves_and_says_that_nothing_can_be_told(episode: Episode) -> None:
    for occasion, answer in (("baseline", 3), ("closing", 7)):
        factories.measure(episode=episode, instrument="goal", occasion=occasion, answers=[answer])

    told = compared(episode).closing

    assert (told.points, told.verdict) == (4.0, None)
    assert told.said == "Cannot be judged: the form has no norms"


def test_a_follow_up_joins_the_comparison_once_it_is_taken(episode: Episode) -> None:
    take(episode, "baseline", BASELINE)
    take(episode, "six_months", SIX_LOWER, days=260)

    told = compared(episode)

    assert [one.occasion for one in told.points][-1] is Occasion.SIX_MONTHS
    assert told.points[-1].verdict is Verdict.IMPROVED


def test_no_page_speaks_of_a_rate_or_of_success(kit_browser: Client, episode: Episode) -> None:
    take(episode, "baseline", BASELINE)
    take(episode, "closing", SIX_LOWER, days=80)

    page = text(kit_browser.get(f"/measures/of/{episode.ref}/change/"))

    assert not re.search(r"success|per cent|\d+ ?% (of|improved)|\brate\b", page, re.IGNORECASE)


def test_a_link_says_where_in_the_work_the_form_belongs(kit_browser: Client, episode: Episode) -> None:
    offered = kit_browser.get(f"/measures/of/{episode.ref}/phq-9/?occasion=closing").content.decode()
    unknown = kit_browser.get(f"/measures/of/{episode.ref}/phq-9/total/?occasion=nonsense").content.decode()

    assert re.search(r'value="closing"\s+checked', offered)
    assert "checked" not in unknown


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_a_baseline_that_was_taken_after_the_first_session_says_what_it_does_not_count(
    kit_browser: Client, episode: Episode, days: int, *, late: bool
) -> None:
    factories.missed(episode=episode, period=hour(-30))
    factories.attended(episode=episode, number=2, period=hour(0))
    take(episode, "baseline", BASELINE, days=days)
    take(episode, "closing", SIX_LOWER, days=80)
    said = "The baseline, taken after the first session: what changed before is not counted"

    page = text(kit_browser.get(f"/measures/of/{episode.ref}/change/"))
    report = facts.gather(episode).measures[0].lines

    assert (said in page) is late
    assert (report[0][3] == said) is late
    assert report[-1][3] == "Improved"


def hour(days: int) -> TimestamptzRange:
    start = factories.NOW + timedelta(days=days)
    return TimestamptzRange(start, start + timedelta(hours=1))


def test_the_page_costs_the_same_for_many_forms(
    kit_browser: Client, episode: Episode, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for occasion in ("baseline", "mid", "between", "closing"):
        take(episode, occasion, BASELINE)

    with django_assert_num_queries(5):
        kit_browser.get(f"/measures/of/{episode.ref}/change/")
