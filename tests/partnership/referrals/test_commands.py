"""What the programme answers, in whatever order it arrives, and two officers at one referral."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.partnership import factories
from tests.partnership.referrals.test_views import words

from desist.partnership.referrals import commands as arriving
from desist.partnership.referrals.models import Referral
from desist.partnership.sending import commands
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Outbox, Partner
from desist.referral.answers import BY_KEY
from desist.refusals import Changed, Refused
from desist.wall import actors, gate
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db


def arrived(payload: payloads.Payload, thread: str, minutes: int = 0) -> Received:
    at = factories.NOW + timedelta(minutes=minutes)
    return Received(payload, thread, factories.PROGRAMME, at, actors.post())


def test_a_decision_that_arrives_after_a_withdrawal_changes_nothing(programme: Partner) -> None:
    row = factories.referral(state="withdrawn")

    arriving.note_decision(
        arrived(payloads.ReferralDecision("accepted", "", factories.NOW), row.thread or "")
    )

    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert not row.happenings.exists()


def test_a_decision_stands_in_the_timeline_once(programme: Partner) -> None:
    row = factories.referral()
    decision = arrived(payloads.ReferralDecision("declined", "No capacity", factories.NOW), row.thread or "")

    arriving.note_decision(decision)
    arriving.note_decision(decision)

    assert list(row.happenings.values_list("what", "detail")) == [("decided", "Declined. No capacity")]


def test_an_older_notice_of_progress_changes_nothing(programme: Partner) -> None:
    row = factories.referral(state="accepted")
    newer = payloads.ProgressNotice("in_sessions", 3, 9, factories.NOW.date())
    older = payloads.ProgressNotice("allocated", 0, 12, factories.NOW.date())

    arriving.note_progress(arrived(newer, row.thread or "", minutes=5))
    arriving.note_progress(arrived(older, row.thread or ""))

    row.refresh_from_db()
    assert (row.stage, row.attended) == ("in_sessions", 3)


def test_the_days_of_planned_sessions_stand_on_the_page_until_another_notice(
    programme: Partner, officer: Client
) -> None:
    row = factories.referral(state="accepted")
    planned = payloads.ProgressNotice(
        "in_sessions", 3, 9, factories.NOW.date(), next_on="2026-01-09", last_on="2026-03-06"
    )
    done = payloads.ProgressNotice("in_sessions", 12, 0, factories.NOW.date())

    arriving.note_progress(arrived(planned, row.thread or ""))
    page = words(officer.get(f"/referrals/{row.ref}/"))
    arriving.note_progress(arrived(done, row.thread or "", minutes=5))

    assert "9 planned (the next on Friday 9 January 2026, the last on Friday 6 March 2026)" in page
    assert "the next on" not in words(officer.get(f"/referrals/{row.ref}/"))


def test_a_day_that_is_none_is_refused_and_changes_nothing(programme: Partner) -> None:
    row = factories.referral(state="accepted")
    notice = payloads.ProgressNotice("in_sessions", 3, 9, factories.NOW.date(), next_on="soon")

    with pytest.raises(CannotHandle, match="is no day"):
        arriving.note_progress(arrived(notice, row.thread or ""))

    row.refresh_from_db()
    assert row.progress_at is None


def test_that_the_risk_was_judged_is_a_line_with_its_day(programme: Partner) -> None:
    row = factories.referral(state="accepted")

    arriving.note_judged(arrived(payloads.RiskJudged(factories.NOW.date()), row.thread or ""))

    assert list(row.happenings.values_list("what", "by")) == [("judged", "")]
    assert row.news.get().what == "judged"


def test_an_answer_to_nothing_is_refused(programme: Partner) -> None:
    with pytest.raises(arriving.UnknownThread):
        arriving.note_decision(arrived(payloads.ReferralDecision("accepted", "", factories.NOW), "unknown"))


@pytest.fixture
def second(actor: Actor) -> Actor:
    """Another officer of the same area."""
    return replace(actor, who=staff.account(name="Rowan Made-Up").ref, correlation=uuid.uuid4())


def begin(actor: Actor) -> str:
    return commands.start(
        actor=actor,
        programme=factories.PROGRAMME,
        answers={"given_names": "Robin", "family_name": "Example"},
        submission="the-same",
        at=factories.NOW,
    )


def write(actor: Actor, row: Referral, *, version: int) -> None:
    """Another account of the behaviour; all else as it is."""
    section = BY_KEY["behaviour"]
    answers = {name: getattr(row, name) for name in section.names} | {"behaviour_account": "Waited outside."}
    commands.write(
        actor=actor, ref=row.ref, section=section, answers=answers, version=version, at=factories.NOW
    )


def as_it_stands(row: Referral) -> tuple[Any, ...]:
    """What a refusal must leave alone: every answer, what happened and what was sent."""
    facts = Referral.objects.filter(pk=row.pk).values().get()
    return facts, list(row.happenings.values()), Outbox.objects.count()


def test_a_form_that_was_sent_in_another_area_leads_nobody_to_the_draft(actor: Actor, second: Actor) -> None:
    theirs = begin(second)

    with pytest.raises(gate.NotFound):
        begin(replace(actor, area="elsewhere"))

    row = Referral.objects.get()
    assert (row.ref, row.started_by) == (theirs, second.who)
    assert row.happenings.get().by == second.who


def test_a_draft_that_was_sent_meanwhile_takes_no_more_answers(
    actor: Actor, second: Actor, programme: Partner
) -> None:
    row = factories.finished()
    commands.send(actor=second, ref=row.ref, version=1, at=factories.NOW)
    before = as_it_stands(row)

    for version in (1, 2):  # the page of before, and one that was drawn since
        with pytest.raises(Refused):
            write(actor, row, version=version)

    assert as_it_stands(row) == before


def test_answers_that_changed_since_they_were_checked_are_not_sent(
    actor: Actor, second: Actor, programme: Partner
) -> None:
    row = factories.finished()
    write(second, row, version=1)
    before = as_it_stands(row)

    with pytest.raises(Changed):
        commands.send(actor=actor, ref=row.ref, version=1, at=factories.NOW)

    assert as_it_stands(row) == before
    row.refresh_from_db()
    assert (row.state, row.behaviour_account, row.thread) == ("draft", "Waited outside.", None)
