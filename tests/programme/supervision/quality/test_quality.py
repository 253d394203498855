"""Quality: samples that nobody chooses, ratings of observers that count, and ratings of oneself that do not."""

from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from random import Random

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import TimestamptzRange
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.programme.supervision.quality import checklists, commands, queries, sampling, scoring
from desist.programme.supervision.quality.models import FidelityRating, QualitySample, SampledSession
from desist.programme.supervision.quality.scoring import Score
from desist.refusals import Refused
from desist.wall.actors import Actor, Role
from desist.wall.models import Restriction

NOW = factories.NOW
FIRST, LAST = NOW.date() - timedelta(days=90), NOW.date()
#: a machine that is busy with others is no failure
BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ALL_YES = {item.key: "yes" for item in checklists.newest().items}

refs = st.integers(0, 999).map("ref{:03}".format)
strata = st.dictionaries(st.sampled_from(["ada", "bo", "cy", "dee"]), st.lists(refs, max_size=12))


@BUSY
@given(strata, st.integers(1, 5), st.sampled_from(["k7f2", "m9px"]))
def test_every_practitioner_gives_the_same_number_or_all_they_have(
    sessions: dict[str, list[str]], each: int, seed: str
) -> None:
    for who, theirs in sessions.items():
        drawn = sampling.draw({who: theirs}, each=each, seed=seed)
        assert len(drawn) == min(each, len(set(theirs)))
        assert set(drawn) <= set(theirs)
    assert len(sampling.draw(sessions, each=each, seed=seed)) == sum(
        min(each, len(set(theirs))) for theirs in sessions.values()
    )


@BUSY
@given(st.lists(refs, unique=True, max_size=12), st.randoms())
def test_a_draw_does_not_depend_on_the_order_of_the_rows(drawn: list[str], rng: Random) -> None:
    shuffled = list(drawn)
    rng.shuffle(shuffled)

    assert sampling.draw({"k": drawn}, each=3, seed="s") == sampling.draw({"k": shuffled}, each=3, seed="s")


def test_anybody_can_draw_it_again_with_a_hash_alone() -> None:
    known = ["aaaa", "bbbb", "cccc", "dddd"]

    by_hand = sorted(known, key=lambda ref: sha256(b"k7f2:" + ref.encode()).hexdigest())[:2]

    assert list(sampling.draw({"kit": known}, each=2, seed="k7f2")) == by_hand


def test_what_did_not_arise_is_counted_nowhere() -> None:
    ratings = [{"diary": "yes", "risk": "no"}, {"diary": "not_here", "risk": "yes"}]

    assert scoring.by_item(ratings) == {"diary": Score(1, 1), "risk": Score(1, 2)}
    assert scoring.score(ratings[0]).words == "1 of 2"
    assert scoring.score({"diary": "not_here"}).words == "none applied"


def test_no_item_is_a_sentence_of_two_lists_and_every_key_is_one() -> None:
    items = checklists.newest().items

    assert len({item.key for item in items}) == len(items) == 14
    assert checklists.checklist(version="2026-11") == checklists.newest()


@pytest.fixture
def bex(db: None) -> Account:
    """Bex observes."""
    return factories.account(name="Bex Umbrage")


@pytest.fixture
def observer(bex: Account, actor: Actor) -> Actor:
    return Actor(who=bex.ref, role=Role.OBSERVER, area=actor.area, correlation=actor.correlation)


@pytest.fixture
def bex_browser(bex: Account) -> Client:
    return staff.browser(account=bex, role=Role.OBSERVER)


def held(episode: Episode, *, number: int) -> Session:
    start = NOW - timedelta(days=7 * number)
    return factories.attended(
        episode=episode, number=number, period=TimestamptzRange(start, start + timedelta(hours=1))
    )


def draw(observer: Actor, *, each: int = 2, submission: str = "one") -> str:
    return commands.draw(actor=observer, first=FIRST, last=LAST, each=each, submission=submission, at=NOW)


@pytest.mark.django_db
def test_a_sample_is_drawn_from_held_sessions_of_these_days_and_area(
    observer: Actor, episode: Episode
) -> None:
    for number in range(1, 5):
        held(episode, number=number)
    factories.session(episode=episode, number=9)
    far = factories.practitioner(account=factories.account(name="Far"), area=staff.ELSEWHERE)
    held(factories.episode(referral=factories.referral(area=staff.ELSEWHERE), practitioner=far), number=1)
    old = held(episode, number=20)

    row = QualitySample.objects.get(ref=draw(observer))

    drawn = set(row.sessions.values_list("session__pk", flat=True))
    assert (row.drawn_from, len(drawn)) == (4, 2)
    assert old.pk not in drawn
    again = sampling.draw(
        {
            "kit": Session.objects.filter(state="attended", episode=episode)
            .exclude(pk=old.pk)
            .values_list("ref", flat=True)
        },
        each=2,
        seed=row.seed,
    )
    assert set(row.sessions.values_list("session__ref", flat=True)) == set(again)


@pytest.mark.django_db
def test_a_restricted_case_is_never_drawn(observer: Actor, episode: Episode) -> None:
    held(episode, number=1)
    Restriction.objects.create(
        case=episode.referral.ref, reason="a party is police", made_by="carol", made_at=NOW
    )

    with pytest.raises(Refused):
        draw(observer)


@pytest.mark.django_db
def test_a_case_that_is_restricted_later_leaves_the_sample(observer: Actor, episode: Episode) -> None:
    held(episode, number=1)
    ref = draw(observer)
    Restriction.objects.create(
        case=episode.referral.ref, reason="a party is police", made_by="carol", made_at=NOW
    )

    assert queries.sample(actor=observer, ref=ref, at=NOW).lines == ()


@pytest.mark.django_db
def test_a_double_click_draws_once(observer: Actor, episode: Episode) -> None:
    held(episode, number=1)

    assert draw(observer) == draw(observer)
    assert QualitySample.objects.count() == 1


@pytest.mark.django_db
def test_an_observer_rates_a_session_once_and_a_second_observer_may(
    observer: Actor, episode: Episode
) -> None:
    held(episode, number=1)
    draw(observer)
    ref = SampledSession.objects.get().ref
    second = Actor(who="another", role=Role.OBSERVER, area=observer.area, correlation=observer.correlation)

    for _ in range(2):  # a double click
        commands.rate(actor=observer, ref=ref, answers=ALL_YES, note="", at=NOW)
    with pytest.raises(Refused):
        commands.rate(actor=observer, ref=ref, answers=ALL_YES, note="Otherwise", at=NOW)
    commands.rate(actor=second, ref=ref, answers=ALL_YES | {"diary": "no"}, note="", at=NOW)

    (practice,) = queries.board(actor=observer, at=NOW).practices
    assert (practice.sessions, practice.score) == (
        1,
        Score(14, 14),
    )  # a session counts once: the first rating


@pytest.mark.django_db
def test_what_somebody_says_of_their_own_session_is_kept_and_counted_nowhere(
    observer: Actor, actor: Actor, episode: Episode
) -> None:
    session = held(episode, number=1)
    draw(observer)

    commands.rate_oneself(actor=actor, session=session.ref, answers=ALL_YES, note="Went well", at=NOW)
    with pytest.raises(Refused):
        commands.rate_oneself(actor=actor, session=session.ref, answers=ALL_YES, note="", at=NOW)

    board = queries.board(actor=observer, at=NOW)
    assert (board.practices, board.own) == ((), 1)
    assert FidelityRating.objects.get().note == "Went well"


@pytest.mark.django_db
def test_from_the_draw_to_the_result_through_the_pages(
    bex_browser: Client, signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner
) -> None:
    held(episode, number=1)
    days: dict[str, int] = {}
    for name, day in (("first", FIRST), ("last", LAST)):
        days |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    drawn = bex_browser.post("/quality/draw/", {**days, "each": "3"})
    sample = text(bex_browser.get(drawn.headers["Location"]))
    ref = SampledSession.objects.get().ref
    page = text(bex_browser.get(f"/quality/{ref}/rate/"))
    kept = bex_browser.post(f"/quality/{ref}/rate/", {**ALL_YES, "risk": "no", "adapted": "not_here"})
    twice = bex_browser.post(f"/quality/{ref}/rate/", ALL_YES)
    result = text(signed_in(role=Role.MANAGER).get("/quality/"))

    assert "Seed" in sample
    assert "Robin" not in sample + page  # an observer needs no name
    assert "The record of this session" in page
    assert (kept.status_code, twice.status_code) == (302, 422)
    assert "You have already rated this session" in text(twice)
    assert "Kit Marlow: 12 of 13, 1 session (few)" in result


@pytest.mark.django_db
def test_an_unfinished_rating_keeps_what_was_chosen(
    bex_browser: Client, observer: Actor, episode: Episode
) -> None:
    held(episode, number=1)
    draw(observer)
    ref = SampledSession.objects.get().ref

    answer = bex_browser.post(f"/quality/{ref}/rate/", {"diary": "yes", "note": "The second half was strong"})

    assert answer.status_code == 422
    assert "The second half was strong" in answer.content.decode()
    assert not FidelityRating.objects.exists()


@pytest.mark.django_db
def test_days_out_of_order_or_without_sessions_are_refused_in_words(bex_browser: Client) -> None:
    def sent(first: date, last: date) -> str:
        days: dict[str, int] = {}
        for name, day in (("first", first), ("last", last)):
            days |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
        answer = bex_browser.post("/quality/draw/", {**days, "each": "3"})
        assert answer.status_code == 422
        return text(answer)

    assert "must not come before" in sent(LAST, FIRST)
    assert "No session held on these days has been recorded" in sent(FIRST, LAST)


@pytest.mark.django_db
def test_a_practitioner_rates_their_own_held_session_and_no_other(
    kit_browser: Client, episode: Episode
) -> None:
    mine = held(episode, number=1)
    planned = factories.session(episode=episode, number=2)
    colleague = factories.practitioner(account=factories.account(name="Ashby Quillon"))
    theirs = factories.attended(episode=episode, number=3, practitioner=colleague)
    address = f"/quality/{mine.ref}/oneself/"

    assert "not counted in any figure" in text(kit_browser.get(address))
    for _ in range(2):  # a double click
        assert kit_browser.post(address, ALL_YES).status_code == 302
    assert kit_browser.post(address, {**ALL_YES, "note": "Otherwise"}).status_code == 422
    assert kit_browser.get(f"/quality/{planned.ref}/oneself/").status_code == 404
    assert kit_browser.get(f"/quality/{theirs.ref}/oneself/").status_code == 404
    assert f"/quality/{mine.ref}/oneself/" in kit_browser.get(f"/sessions/{mine.ref}/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["missed", "cancelled"])
def test_a_session_that_was_not_attended_after_all_leaves_the_sample_and_every_figure(
    observer: Actor, bex_browser: Client, episode: Episode, state: str
) -> None:
    held(episode, number=1)
    held(episode, number=2)
    sample = draw(observer)
    wrong, other = SampledSession.objects.order_by("session__number")
    for one in (wrong, other):
        commands.rate(actor=observer, ref=one.ref, answers=ALL_YES, note="", at=NOW)
    assert queries.board(actor=observer, at=NOW).practices[0].sessions == 2

    Session.objects.filter(pk=wrong.session_id).update(state=state, missed_reason="ill")

    board = queries.board(actor=observer, at=NOW)
    (drawn,) = board.samples
    assert (drawn.sessions, drawn.fallen, drawn.rated) == (1, 1, 1)
    assert board.practices[0].sessions == 1
    assert [one.ref for one in queries.sample(actor=observer, ref=sample, at=NOW).lines] == [other.ref]
    assert SampledSession.objects.count() == FidelityRating.objects.count() == 2  # both are kept
    assert "1 of 1; 1 left the sample" in text(bex_browser.get("/quality/"))
    page = text(bex_browser.get(f"/quality/{sample}/"))
    assert "2 of 2, at most 2 of each practitioner" in page
    assert "Left the sample 1" in page


@pytest.mark.django_db
def test_nobody_rates_a_session_that_was_put_right_and_the_note_stays_on_the_page(
    observer: Actor, bex_browser: Client, episode: Episode
) -> None:
    session = held(episode, number=1)
    draw(observer)
    ref = SampledSession.objects.get().ref
    Session.objects.filter(pk=session.pk).update(state="missed", missed_reason="ill", next_steps="Ring them")

    drawn = text(bex_browser.get(f"/quality/{ref}/rate/"))
    answer = bex_browser.post(f"/quality/{ref}/rate/", {**ALL_YES, "note": "The second half was strong"})

    assert "it no longer counts as attended. There is nothing to rate" in drawn
    assert "Ring them" not in drawn
    assert "Save the rating" not in drawn
    assert answer.status_code == 422
    assert "Not saved: the record was put right" in text(answer)
    assert "The second half was strong" in text(answer)
    assert not FidelityRating.objects.exists()
