"""What the programme answers, in whatever order it arrives."""

from datetime import timedelta

import pytest
from tests.partnership import factories

from desist.partnership.referrals import commands
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import Partner
from desist.wall import actors

pytestmark = pytest.mark.django_db


def arrived(payload: payloads.Payload, thread: str, minutes: int = 0) -> Received:
    at = factories.NOW + timedelta(minutes=minutes)
    return Received(payload, thread, factories.PROGRAMME, at, actors.post())


def test_a_decision_that_arrives_after_a_withdrawal_changes_nothing(programme: Partner) -> None:
    row = factories.referral(state="withdrawn")

    commands.note_decision(
        arrived(payloads.ReferralDecision("accepted", "", factories.NOW), row.thread or "")
    )

    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert not row.happenings.exists()


def test_a_decision_stands_in_the_timeline_once(programme: Partner) -> None:
    row = factories.referral()
    decision = arrived(payloads.ReferralDecision("declined", "No capacity", factories.NOW), row.thread or "")

    commands.note_decision(decision)
    commands.note_decision(decision)

    assert list(row.happenings.values_list("what", "detail")) == [("decided", "Declined. No capacity")]


def test_an_older_notice_of_progress_changes_nothing(programme: Partner) -> None:
    row = factories.referral(state="accepted")
    newer = payloads.ProgressNotice("in_sessions", 3, 9, factories.NOW.date())
    older = payloads.ProgressNotice("allocated", 0, 12, factories.NOW.date())

    commands.note_progress(arrived(newer, row.thread or "", minutes=5))
    commands.note_progress(arrived(older, row.thread or ""))

    row.refresh_from_db()
    assert (row.stage, row.attended) == ("in_sessions", 3)


def test_an_answer_to_nothing_is_refused(programme: Partner) -> None:
    with pytest.raises(commands.UnknownThread):
        commands.note_decision(arrived(payloads.ReferralDecision("accepted", "", factories.NOW), "unknown"))
