"""E-mails to officers and to those who keep the orders: about whose rows, from when on, and about nobody else's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings
from tests import staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders
from tests.partnership.panels import factories as panels
from tests.partnership.referrals.test_commands import arrived

from desist.accounts.mailing.commands import send_next
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.models import Account, RoleGrant, SignIn
from desist.accounts.nudges import chores
from desist.accounts.nudges.models import EmailChoice
from desist.orders.rules import Key
from desist.partnership.pages.nudges.sources import FIGURES
from desist.partnership.pages.nudges.states import Kind
from desist.partnership.referrals import commands as arriving
from desist.partnership.referrals.models import Referral
from desist.post import payloads
from desist.post.models import Partner
from desist.ui.dates import day_of
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

NOW = factories.NOW
TODAY, DAY = day_of(NOW), timedelta(days=1)


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["partnership.northmere.example", "testserver"]
    settings.DESIST_NUDGES = "desist.partnership.pages.nudges.sources"


def held(account: Account, role: Role, area: str = staff.AREA) -> Account:
    """An account that holds a role, and signed in two days before."""
    grant = staff.grant(account=account, role=role, area=area)
    RoleGrant.objects.filter(pk=grant.pk).update(given_at=NOW - 30 * DAY)
    SignIn.objects.create(grant=grant, device="Firefox", began_at=NOW - 2 * DAY, last_seen_at=NOW - 2 * DAY)
    return account


@pytest.fixture
def officer(kit: Account) -> Account:
    return held(kit, Role.OFFICER)


@pytest.fixture
def coordinator(db: None) -> Account:
    return held(staff.account(name="Emrys Kettlewick"), Role.ORDER_COORDINATOR)


@pytest.fixture
def sent(programme: Partner, officer: Account) -> Referral:
    row = factories.referral()
    row.happenings.create(what="sent", at=NOW - 3 * DAY, by=officer.ref)
    return row


def kinds(account: Account) -> set[str]:
    """What an account is told of, a minute later."""
    chores.make(at=NOW + timedelta(minutes=5))
    rows = OutgoingEmail.objects.filter(account=account.ref).values_list("kinds", flat=True)
    return {kind for those in rows for kind in those}


def progress(row: Referral, stage: str, *, missed: int = 0, minutes: int = 1) -> None:
    notice = payloads.ProgressNotice(stage, 3, 9, TODAY, missed)
    arriving.note_progress(arrived(notice, row.thread or "", minutes=minutes))


def test_who_sent_a_referral_hears_of_the_decision_and_a_colleague_does_not(
    sent: Referral, officer: Account
) -> None:
    other = held(staff.account(name="Noor Hale"), Role.OFFICER)
    arriving.note_decision(arrived(payloads.ReferralDecision("accepted", "", NOW), sent.thread or ""))

    assert (kinds(officer), kinds(other)) == ({Kind.DECISION}, set())


def test_the_start_a_missed_session_and_the_end_are_told(sent: Referral, officer: Account) -> None:
    progress(sent, "in_sessions", missed=1, minutes=1)
    began = kinds(officer)
    progress(sent, "left", missed=1, minutes=2)

    assert began == {Kind.STARTED, Kind.MISSED}
    assert kinds(officer) == {Kind.STARTED, Kind.MISSED, Kind.ENDED}


def test_a_step_before_the_first_session_is_no_news(sent: Referral, officer: Account) -> None:
    progress(sent, "allocated")

    assert kinds(officer) == set()


def test_a_session_is_missed_once_in_the_news_and_an_older_notice_changes_nothing(
    sent: Referral, officer: Account
) -> None:
    for minutes in (3, 4, 2):
        progress(sent, "in_sessions", missed=1, minutes=minutes)

    assert list(sent.news.values_list("what", flat=True).order_by("what")) == ["missed", "started"]
    sent.refresh_from_db()
    assert sent.missed == 1


def test_planned_days_are_told_once_and_that_the_risk_was_judged_each_time(
    sent: Referral, officer: Account
) -> None:
    for minutes, last in ((1, "2026-02-27"), (2, "2026-03-06")):
        notice = payloads.ProgressNotice("allocated", 0, 12, TODAY, next_on="2026-01-09", last_on=last)
        arriving.note_progress(arrived(notice, sent.thread or "", minutes=minutes))
    arriving.note_judged(arrived(payloads.RiskJudged(TODAY), sent.thread or ""))

    assert kinds(officer) == {Kind.PLANNED, Kind.JUDGED}
    assert list(sent.news.values_list("what", flat=True).order_by("what")) == ["judged", "planned"]


def test_an_exit_report_is_told_until_it_was_read(sent: Referral, officer: Account) -> None:
    news = sent.news.create(what="report", came_at=NOW)
    news.read_by, news.read_at = officer.ref, NOW
    news.save()
    read = kinds(officer)
    news.read_by, news.read_at = "", None
    news.save()

    assert (read, kinds(officer)) == (set(), {Kind.REPORT})


def test_a_force_lead_hears_for_an_officer_who_left(sent: Referral, officer: Account) -> None:
    lead = held(staff.account(name="Noor Hale"), Role.FORCE_LEAD)
    sent.news.create(what="report", came_at=NOW)
    before = kinds(lead)
    RoleGrant.objects.filter(account=officer).update(ended_at=NOW)

    assert (before, kinds(lead)) == (set(), {Kind.REPORT})


def test_nobody_hears_of_a_restricted_case_nor_of_another_area(sent: Referral, officer: Account) -> None:
    sent.news.create(what="report", came_at=NOW)
    case = {"case": sent.ref, "reason": "x", "made_by": "carol", "made_at": NOW}
    Restriction.objects.create(**case)

    assert kinds(officer) == set()


def due(kind: Kind) -> None:
    """Make one order with just this clock run out since yesterday."""
    if kind is Kind.SERVICE:
        orders.draft(state="to_serve", made_on=TODAY - DAY)
    elif kind is Kind.NOTIFICATION:
        order = orders.in_force(ends_on=TODAY + 900 * DAY)
        order.notifications.create(kind="first", began_on=TODAY - 4 * DAY, due_on=TODAY - DAY)
    elif kind is Kind.HEARING:
        orders.draft(state="applied", applied_on=TODAY - DAY, hearing_on=TODAY + 7 * DAY)
    elif kind is Kind.BREACH:
        orders.breach(order=orders.in_force(ends_on=TODAY + 900 * DAY), recorded_at=NOW)
    else:
        orders.in_force(made_on=TODAY - 800 * DAY, served_on=TODAY - 799 * DAY, ends_on=TODAY - DAY)


@pytest.mark.parametrize("kind", [Kind.SERVICE, Kind.NOTIFICATION, Kind.HEARING, Kind.BREACH, Kind.RENEWAL])
def test_each_clock_of_an_order_is_told_to_who_keeps_the_orders(
    kind: Kind, coordinator: Account, officer: Account
) -> None:
    elsewhere = held(staff.account(name="Sable Reed"), Role.ORDER_COORDINATOR, staff.ELSEWHERE)
    due(kind)

    assert (kinds(coordinator), kinds(officer), kinds(elsewhere)) == ({kind}, set(), set())


@pytest.mark.parametrize("renewed", [False, True])
def test_a_review_is_told_unless_a_renewal_is_open(coordinator: Account, *, renewed: bool) -> None:
    days = FIGURES[Key.REVIEW][0]
    order = orders.in_force(
        made_on=TODAY - 800 * DAY, served_on=TODAY - 799 * DAY, ends_on=TODAY + (days - 1) * DAY
    )
    if renewed:
        orders.application(order=order, kind="renew")

    assert kinds(coordinator) == (set() if renewed else {Kind.RENEWAL})


def test_a_message_says_nothing_of_what_waits(sent: Referral, officer: Account) -> None:
    sent.news.create(what="report", came_at=NOW)
    chores.make(at=NOW)
    while send_next(at=NOW):
        pass

    (message,) = mail.outbox
    assert message.to == [officer.email]
    said = f"{message.subject} {message.body}".lower().replace("northmere.example", "")
    for secret in (sent.family_name.lower(), sent.ref, "report", "referral", "programme"):
        assert secret not in said, secret


def test_an_officer_and_an_administrator_choose_their_kinds(
    signed_in: Callable[..., Client], kit: Account
) -> None:
    officer = signed_in()
    page = officer.get("/account/emails/").content.decode()
    officer.post("/account/emails/", {"wanted": [Kind.DECISION], "form_submission": "1"})
    ada = staff.browser(account=staff.account(name="Ada Linnet"), role=Role.ADMINISTRATOR)

    assert "Someone you referred missed a session" in page
    assert "An order has not been served" not in page
    assert Kind.MISSED in EmailChoice.objects.get(account=kit.ref).unwanted
    assert "Envelopes are stuck" in ada.get("/account/emails/").content.decode()


@pytest.mark.usefixtures("own_keys")
def test_a_late_action_of_a_panel_is_told_to_its_chair_and_its_owner_and_after_a_week_to_the_force_lead() -> (
    None
):
    chair = held(staff.account(name="Merle Ashdonbury"), Role.PANEL_CHAIR)
    lead = held(staff.account(name="Hollis Varnavides"), Role.FORCE_LEAD)
    wren = held(staff.account(name="Wren Copplestick"), Role.PARTNER)
    other = held(staff.account(name="Sorrel Vane"), Role.PARTNER)
    debt = panels.agency(name="Harbour Debt Advice")
    factories.member(account=wren.ref, agency=debt)
    factories.member(account=other.ref, agency=panels.agency(name="Northmere Housing"))
    row = panels.action(item=panels.item(meeting=panels.meeting(chair=chair.ref)), agency=debt, due_on=TODAY)
    on_its_day = (kinds(chair), kinds(wren))
    row.due_on = TODAY - DAY
    row.save()
    late = (kinds(chair), kinds(wren), kinds(lead), kinds(other))
    row.due_on = TODAY - 8 * DAY
    row.save()

    assert on_its_day == (set(), set())
    assert late == ({Kind.PANEL_ACTION}, {Kind.OUR_ACTION}, set(), set())
    assert kinds(lead) == {Kind.PANEL_ACTION}


@pytest.mark.usefixtures("own_keys")
def test_nobody_hears_of_a_late_action_that_is_done_or_about_a_restricted_case() -> None:
    chair = held(staff.account(name="Merle Ashdonbury"), Role.PANEL_CHAIR)
    item = panels.item(meeting=panels.meeting(chair=chair.ref))
    row = panels.action(item=item, due_on=TODAY - DAY)
    case = {"case": item.referral.ref, "reason": "x", "made_by": "carol", "made_at": NOW}
    Restriction.objects.create(**case)
    restricted = kinds(chair)
    Restriction.objects.update(ended_at=NOW)
    told = kinds(chair)
    OutgoingEmail.objects.update(kinds=[])
    row.state = "done"
    row.save()

    assert (restricted, told, kinds(chair)) == (set(), {Kind.PANEL_ACTION}, set())
