"""The person who sent a referral is told what came of it, until they have opened it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.partnership import factories
from tests.partnership.exit_reports.test_exit_reports import arrived as reported
from tests.partnership.referrals.test_commands import arrived
from tests.partnership.referrals.test_views import words

from desist.accounts.models import Account, RoleGrant
from desist.partnership.exit_reports import commands as exits
from desist.partnership.referrals import commands as arriving
from desist.partnership.referrals.models import News, Referral
from desist.partnership.sending import commands
from desist.post import payloads
from desist.post.models import Partner
from desist.references import spoken
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent, Exclusion

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(programme: Partner, kit: Account) -> Referral:
    """A referral that a colleague began and Kit sent."""
    row = factories.referral()
    row.happenings.create(what="sent", at=factories.NOW, by=kit.ref)
    return row


@pytest.fixture
def lead(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.FORCE_LEAD, account=staff.account(name="Noor Hale"))


def decide(row: Referral, outcome: str = "accepted") -> None:
    decision = payloads.ReferralDecision(outcome, "", factories.NOW)
    arriving.note_decision(arrived(decision, row.thread or ""))


def progress(row: Referral, stage: str, minutes: int) -> None:
    notice = payloads.ProgressNotice(stage, 3, 9, factories.NOW.date())
    arriving.note_progress(arrived(notice, row.thread or "", minutes=minutes))


def to_read(browser: Client) -> str:
    """What the browser's To do asks to be read."""
    return " ".join(part for part in words(browser.get("/")).split("read what is new: ")[1:])


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("accepted", "accepted by the programme"),
        ("consultation", "taken as consultation only"),
        ("declined", "declined by the programme"),
    ],
)
def test_a_decision_asks_to_be_read_until_the_referral_is_opened(
    officer: Client, lead: Client, sent: Referral, outcome: str, said: str
) -> None:
    decide(sent, outcome)

    asked = to_read(officer)
    beside = to_read(lead)
    opened = words(officer.get(f"/referrals/{sent.ref}/"))

    assert f"{said} {spoken(sent.ref)}" in asked
    assert beside == ""
    assert "New since you last opened it" in opened
    assert to_read(officer) == ""
    assert "New since you last opened it" not in words(officer.get(f"/referrals/{sent.ref}/"))
    assert AuditEvent.objects.filter(action="partnership.read_news", allowed=True).count() == 1


def test_somebody_else_who_opens_it_takes_it_off_nobodys_list(
    officer: Client, lead: Client, sent: Referral
) -> None:
    decide(sent)

    opened = words(lead.get(f"/referrals/{sent.ref}/"))

    assert "New since you last opened it" not in opened
    assert "accepted by the programme" in to_read(officer)


def test_of_an_end_and_a_report_one_line_says_the_newest_and_the_page_both(
    officer: Client, sent: Referral
) -> None:
    decide(sent)
    officer.get(f"/referrals/{sent.ref}/")
    progress(sent, "in_sessions", 1)
    assert "the sessions have begun" in to_read(officer)
    officer.get(f"/referrals/{sent.ref}/")
    assert to_read(officer) == ""
    progress(sent, "completed", 2)
    progress(sent, "completed", 3)
    ended = to_read(officer)
    News.objects.update(came_at=factories.NOW - timedelta(days=1))

    exits.receive(reported(sent))

    assert "the programme has ended" in ended
    assert to_read(officer).count(spoken(sent.ref)) == 1
    assert "the exit report came" in to_read(officer)
    opened = words(officer.get(f"/referrals/{sent.ref}/"))
    assert "The exit report came; The programme has ended." in opened


def test_a_force_lead_reads_what_came_for_somebody_who_left(
    lead: Client, officer: Client, sent: Referral, kit: Account
) -> None:
    decide(sent)
    RoleGrant.objects.filter(account=kit).update(ended_at=timezone.now())

    assert "accepted by the programme" in to_read(lead)
    lead.get(f"/referrals/{sent.ref}/")
    assert to_read(lead) == ""


def test_whoever_began_it_is_told_where_nobody_noted_who_sent_it(
    officer: Client, programme: Partner, kit: Account
) -> None:
    row = factories.referral(started_by=kit.ref)

    decide(row)

    assert spoken(row.ref) in to_read(officer)


def test_what_comes_while_the_page_is_drawn_is_not_read_by_it(sent: Referral, actor: Actor) -> None:
    decide(sent)
    seen = list(News.objects.values_list("pk", flat=True))
    progress(sent, "left", 1)

    commands.read_news(actor=actor, ref=sent.ref, seen=seen, at=factories.NOW)

    assert News.objects.filter(read_at=None).get().what == "ended"


def test_nothing_is_said_to_somebody_who_is_kept_from_the_case(
    officer: Client, sent: Referral, kit: Account
) -> None:
    decide(sent)
    Exclusion.objects.create(
        case=sent.ref,
        account=kit.ref,
        allowed=False,
        reason="Knows the person",
        made_by="dora",
        made_at=factories.NOW,
    )

    assert to_read(officer) == ""
    assert officer.get(f"/referrals/{sent.ref}/").status_code == 404
    assert News.objects.get().read_at is None


def test_the_database_keeps_who_read_it_with_when(sent: Referral) -> None:
    decide(sent)

    with pytest.raises(IntegrityError), transaction.atomic():
        News.objects.update(read_by="carol")


def test_that_a_programme_goes_on_after_all_is_read_in_place_of_its_end(
    officer: Client, sent: Referral
) -> None:
    progress(sent, "left", 1)
    progress(sent, "in_sessions", 2)

    asked = to_read(officer)

    assert "the programme goes on after all" in asked
    assert "has ended" not in asked
