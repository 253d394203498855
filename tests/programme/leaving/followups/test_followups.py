"""Six and twelve months after the end: due, recorded with its source, and never taken for "nothing happened"."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.desk.duty.commands import NotANumber
from desist.post.models import Outbox
from desist.programme.concerns.models import Concern
from desist.programme.concerns.raising import Raised
from desist.programme.episodes.models import Episode
from desist.programme.leaving import commands as leaving
from desist.programme.leaving.followups import commands, terms
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.followups.states import TRANSITIONS, Known, Outcome, Source
from desist.programme.leaving.states import Ending, Reason
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

FORM = {
    "outcome": "reached",
    "tried_on-day": "1",
    "tried_on-month": "11",
    "tried_on-year": "2026",
    "attempts": "2",
    "note": "Spoke for ten minutes.",
    "known": "nothing",
    "asked": ["person", "police"],
    "form_version": "1",
    "form_submission": "one-follow-up",
}
SOMETHING = {
    **FORM,
    "known": "something",
    "told_by": ["police"],
    "learned": "Arrested for a broken order.",
    "told_whom": "Sol Arden, duty supervisor",
    "told_on-day": "1",
    "told_on-month": "11",
    "told_on-year": "2026",
    "told_time": "9:00am",
    "answer": "Will ring the officer.",
    "contact": "01632 960 009",
}
TOLD = commands.Told(
    Outcome.REACHED, date(2026, 3, 3), 1, "Spoke.", Known.NOTHING, (Source.POLICE,), "", None
)


@pytest.mark.parametrize(
    ("ended", "months", "due"),
    [
        (date(2026, 3, 3), 6, date(2026, 9, 3)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_are_counted_by_the_calendar(ended: date, months: int, due: date) -> None:
    assert terms.after(ended, months) == due


@pytest.mark.parametrize("months", terms.MONTHS)
def test_a_term_never_skips_a_month(months: int) -> None:
    for ended in (date(2026, 1, 1) + timedelta(days=n) for n in range(3 * 366)):
        due = terms.after(ended, months)
        assert (due.year * 12 + due.month) - (ended.year * 12 + ended.month) == months
        assert due.day == ended.day or (due + timedelta(days=1)).day == 1


def test_every_outcome_says_what_may_follow() -> None:
    assert set(TRANSITIONS) == {"", *Outcome}
    assert "none" not in Known.values


def end(actor: Actor, episode: Episode, reason: Reason) -> None:
    leaving.end(
        actor=actor,
        episode=episode.ref,
        ending=Ending(reason, "", "01632 960 009"),
        version=episode.version,
        submission="one-leaving",
        at=datetime(2026, 8, 31, 12, tzinfo=UTC),
    )


@pytest.mark.parametrize("reason", [Reason.COMPLETED, Reason.WITHDREW, Reason.CUSTODY])
def test_whoever_leaves_however_has_two_follow_ups(actor: Actor, episode: Episode, reason: Reason) -> None:
    end(actor, episode, reason)

    assert list(episode.followed_up.order_by("months").values_list("months", "due_on")) == [
        (6, date(2027, 2, 28)),
        (12, date(2027, 8, 31)),
    ]


def test_nobody_follows_up_somebody_who_died(actor: Actor, episode: Episode) -> None:
    end(actor, episode, Reason.DIED)

    assert not FollowUp.objects.exists()


def test_a_held_deselection_plans_nothing_before_its_hold_is_over(actor: Actor, episode: Episode) -> None:
    boss = Actor(who="ola", role=Role.MANAGER, area=actor.area, correlation=actor.correlation)

    end(boss, episode, Reason.CONDUCT)
    before = FollowUp.objects.count()
    leaving.release_due(at=datetime(2026, 9, 7, 12, tzinfo=UTC))

    assert (before, FollowUp.objects.count()) == (0, 2)


def test_a_follow_up_is_recorded_with_its_source(kit_browser: Client, episode: Episode) -> None:
    row = factories.later(episode=episode)

    page = text(kit_browser.post(f"/followups/{row.ref}/record/", FORM, follow=True))

    assert "Contact made" in page
    assert "Those asked knew of nothing" in page
    assert "The person, The police" in page
    assert "does not mean that nothing happened" in page


def test_further_stalking_leads_to_a_person_and_an_alert_without_a_word_of_it(
    kit_browser: Client, episode: Episode
) -> None:
    row = factories.later(episode=episode)

    kit_browser.post(f"/followups/{row.ref}/record/", SOMETHING)

    row.refresh_from_db()
    concern = Concern.objects.get()
    assert row.concern == concern
    assert (concern.what, concern.told_whom) == ("Arrested for a broken order.", "Sol Arden, duty supervisor")
    assert list(Outbox.objects.values_list("kind", flat=True)) == ["alert"]


def test_a_concern_of_a_follow_up_that_is_sent_again_is_told_once_and_is_no_fault(
    kit_browser: Client, episode: Episode
) -> None:
    row = factories.later(episode=episode)
    unreached = {**SOMETHING, "outcome": "not_reached"}

    for version in ("1", "1", "2"):  # twice the same, then once more from the page that the second one drew
        answer = kit_browser.post(f"/followups/{row.ref}/record/", {**unreached, "form_version": version})

    assert answer.status_code == 302
    assert Concern.objects.count() == 1
    assert list(Outbox.objects.values_list("kind", flat=True)) == ["alert"]
    row.refresh_from_db()
    assert row.version == 2


@pytest.mark.parametrize(
    "changes", [{"outcome": "reached"}, {"note": "He rang back."}, {"contact": "01632 960 010"}]
)
def test_other_words_in_a_follow_up_that_was_kept_are_refused_and_stay_on_the_page(
    kit_browser: Client, episode: Episode, changes: dict[str, str]
) -> None:
    row = factories.later(episode=episode)
    kept = {**SOMETHING, "outcome": "not_reached"}
    kit_browser.post(f"/followups/{row.ref}/record/", kept)

    for version in ("1", "2"):
        answer = kit_browser.post(
            f"/followups/{row.ref}/record/", {**kept, **changes, "form_version": version}
        )
        assert answer.status_code == 422
        assert "Not saved: it has since been recorded by you" in text(answer)
        assert next(iter(changes.values())) in answer.content.decode()

    assert Concern.objects.get().contact == "01632 960 009"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"outcome": "not_reached"}, "The person was not reached, so they cannot be the source"),
        ({"known": ""}, "Is any further stalking known"),
        ({"asked": []}, "Who was asked"),
        ({"tried_on-year": "2030"}, "There is a problem"),
        ({"attempts": "fifty"}, "There is a problem"),
    ],
)
def test_a_faulty_form_says_why_and_keeps_its_words(
    kit_browser: Client, episode: Episode, changes: dict[str, str], sentence: str
) -> None:
    row = factories.later(episode=episode)

    answer = kit_browser.post(f"/followups/{row.ref}/record/", {**FORM, **changes})

    row.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Spoke for ten minutes." in text(answer)
    assert row.outcome == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"contact": "call me"}, "Enter a telephone number in digits"),
        ({"told_on-year": "2999"}, "There is a problem"),
        ({"learned": ""}, "What is known"),
    ],
)
def test_something_known_needs_whom_you_told(
    kit_browser: Client, episode: Episode, changes: dict[str, str], sentence: str
) -> None:
    row = factories.later(episode=episode)

    answer = kit_browser.post(f"/followups/{row.ref}/record/", {**SOMETHING, **changes})

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Concern.objects.exists()


def test_somebody_not_reached_is_tried_again_and_the_attempts_add_up(actor: Actor, episode: Episode) -> None:
    row = factories.later(episode=episode)
    silent = commands.Told(
        Outcome.NOT_REACHED, date(2026, 3, 3), 3, "No answer.", Known.NOBODY_ASKED, (), "", None
    )

    commands.record(actor=actor, ref=row.ref, told=silent, submission="a", version=1, at=factories.NOW)
    commands.record(actor=actor, ref=row.ref, told=TOLD, submission="b", version=2, at=factories.NOW)

    row.refresh_from_db()
    assert (row.outcome, row.attempts, row.sources) == ("reached", 4, ["police"])
    lines = episode.referral.happenings.order_by("pk").values_list("what", "detail")
    assert list(lines) == [
        ("followed_up", "6 months: not reached"),
        ("followed_up", "6 months: contact made"),
    ]


@pytest.mark.parametrize(("outcome", "version"), [("", 0), ("reached", 1), ("declined", 1)])
def test_what_is_recorded_stays(actor: Actor, episode: Episode, outcome: str, version: int) -> None:
    fields = {
        "outcome": outcome,
        "known": "nobody_asked",
        "recorded_by": "carol",
        "recorded_at": factories.NOW,
    }
    row = factories.later(episode=episode, **(fields | {"tried_on": factories.NOW.date()} if outcome else {}))

    with pytest.raises(Changed):
        commands.record(
            actor=actor, ref=row.ref, told=TOLD, submission="a", version=version, at=factories.NOW
        )


def test_a_stale_page_keeps_what_was_typed(kit_browser: Client, episode: Episode) -> None:
    row = factories.later(episode=episode)

    answer = kit_browser.post(f"/followups/{row.ref}/record/", {**FORM, "form_version": "7"})

    assert answer.status_code == 422
    assert "Not saved: it has since been recorded" in text(answer)
    assert "Spoke for ten minutes." in text(answer)


def test_whoever_was_not_reached_is_no_source(actor: Actor, episode: Episode) -> None:
    row = factories.later(episode=episode)
    told = commands.Told(
        Outcome.NOT_REACHED, date(2026, 3, 3), 1, "-", Known.NOTHING, (Source.PERSON,), "", None
    )

    with pytest.raises(Refused):
        commands.record(actor=actor, ref=row.ref, told=told, submission="a", version=1, at=factories.NOW)


def test_the_database_too_keeps_what_a_follow_up_may_say(episode: Episode) -> None:
    recorded = {"recorded_by": "carol", "recorded_at": factories.NOW, "tried_on": factories.NOW.date()}
    faults: tuple[dict[str, object], ...] = (
        {"outcome": "reached"},
        {"outcome": "not_reached", "known": "nothing", "sources": ["person"], **recorded},
        {"outcome": "reached", "known": "nothing", "sources": [], **recorded},
        {"outcome": "reached", "known": "nobody_asked", "sources": ["police"], **recorded},
        {"outcome": "reached", "known": "something", "sources": ["police"], **recorded},
    )
    for fields in faults:
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.later(episode=episode, **fields)


def test_my_day_speaks_of_a_follow_up_two_weeks_before_it_is_due(
    kit_browser: Client, signed_in: Callable[..., Client], episode: Episode
) -> None:
    factories.ended(episode=episode)
    today = timezone.localdate()
    Episode.objects.update(
        ended_at=timezone.now() - timedelta(days=170)
    )  # To do leaves out who ended years ago
    factories.later(episode=episode, months=6, due_on=today + timedelta(days=20))
    quiet = text(kit_browser.get("/"))
    FollowUp.objects.update(due_on=today + timedelta(days=10))

    page = text(kit_browser.get("/"))

    assert "at 6 months" not in quiet
    assert "at 6 months" in page
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola"))
    assert "at 6 months" in text(manager.get("/team-to-do/"))


def test_measures_are_offered_for_the_follow_up(kit_browser: Client, episode: Episode) -> None:
    factories.later(episode=episode, months=12)

    page = kit_browser.get(f"/followups/of/{episode.ref}/").content.decode()

    assert f"/measures/of/{episode.ref}/phq-9/?occasion=twelve_months" in page


def test_before_an_end_nothing_is_due(kit_browser: Client, episode: Episode) -> None:
    assert "Nothing is due" in text(kit_browser.get(f"/followups/of/{episode.ref}/"))


def test_what_is_no_number_reaches_nobody(actor: Actor, episode: Episode) -> None:
    row = factories.later(episode=episode)
    raised = Raised("Arrested.", "Sol Arden", factories.NOW, "Will ring.", "call me")
    told = commands.Told(
        Outcome.REACHED, date(2026, 3, 3), 1, "-", Known.SOMETHING, (Source.POLICE,), "Arrested.", raised
    )

    with pytest.raises(NotANumber):
        commands.record(actor=actor, ref=row.ref, told=told, submission="a", version=1, at=factories.NOW)
