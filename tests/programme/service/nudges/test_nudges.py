"""E-mails that say nothing: who gets one, how many, and what happens when the mail server does not answer."""

import smtplib
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test import Client
from psycopg.types.range import TimestamptzRange
from pytest_django.fixtures import Settings
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.mailing.commands import FIRST_PAUSE, WORK_LASTS, forget, send_next
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.models import Account, RoleGrant, SignIn
from desist.accounts.nudges import chores, commands
from desist.accounts.nudges.models import EmailChoice
from desist.programme.calendar.planner.models import Move
from desist.programme.corrections.models import Correction
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.risk.models import RiskRating
from desist.programme.service.nudges.states import Kind
from desist.programme.sessions.models import Session
from desist.wall import actors, gate
from desist.wall.actors import Role
from desist.wall.models import AuditEvent, Exclusion, Restriction

pytestmark = pytest.mark.django_db

NOW = factories.NOW
LATER = NOW + timedelta(minutes=1)
State = OutgoingEmail.State


class Down(BaseEmailBackend):
    """A mail server at which nobody listens: a real connection to a closed port."""

    def send_messages(self, email_messages: object) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        smtplib.SMTP("127.0.0.1", port, timeout=1)
        raise AssertionError(email_messages)


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["programme.northmere.example", "testserver"]
    settings.DEFAULT_FROM_EMAIL = "desist@northmere.example"


@pytest.fixture
def at_work(kit: Account) -> RoleGrant:
    """Kit holds the role of a practitioner, and last signed in a month ago."""
    held = factories.grant(account=kit)
    signed_in_at(held, NOW - timedelta(days=30))
    return held


@pytest.fixture
def manager(db: None) -> Account:
    """Someone who manages the area and was last here two weeks ago."""
    account = factories.account(name="Carol Wren")
    signed_in_at(factories.grant(account=account, role=Role.MANAGER), NOW - timedelta(days=14))
    return account


def send(*, at: datetime) -> None:
    """What the mailer does at a moment: it makes what is due, and sends what it can."""
    chores.make(at=at)
    while send_next(at=at):
        pass


def signed_in_at(held: RoleGrant, at: datetime) -> None:
    SignIn.objects.create(grant=held, device="Firefox", began_at=at, last_seen_at=at)


def kinds_of(account: Account) -> set[str]:
    """Why messages were made for someone."""
    rows = OutgoingEmail.objects.filter(account=account.ref).values_list("kinds", flat=True)
    return {kind for kinds in rows for kind in kinds}


def receivers() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


def test_a_message_names_nobody_and_goes_to_one_address(
    kit: Account, at_work: RoleGrant, episode: Episode
) -> None:
    send(at=LATER)

    (message,) = mail.outbox
    assert message.to == [kit.email]
    assert (message.cc, message.bcc) == ([], [])
    assert message.subject == "Something is waiting for you"
    assert "https://programme.northmere.example/" in message.body
    said = f"{message.subject} {message.body}".lower()
    for secret in ("robin", "example ", episode.ref, episode.referral.ref, "allocat", "kit"):
        assert secret not in said.replace("northmere.example", ""), secret


def test_several_kinds_at_once_are_one_message(kit: Account, at_work: RoleGrant, episode: Episode) -> None:
    factories.session(episode=episode, period=ended(days=3))

    send(at=LATER)

    assert len(mail.outbox) == 1
    assert kinds_of(kit) == {Kind.ALLOCATED, Kind.NO_OUTCOME}


def ended(*, days: int) -> TimestamptzRange:
    end = NOW - timedelta(days=days)
    return TimestamptzRange(end - timedelta(hours=1), end)


def test_of_a_kind_there_is_no_second_message_before_they_have_signed_in_again(
    kit: Account, at_work: RoleGrant, episode: Episode
) -> None:
    send(at=LATER)
    second = factories.episode(referral=factories.referral())
    Allocation.objects.create(
        episode=second, practitioner=current(episode), made_by="carol", made_at=NOW + timedelta(hours=1)
    )
    send(at=NOW + timedelta(hours=2))
    between = len(mail.outbox)
    signed_in_at(at_work, NOW + timedelta(hours=3))
    send(at=NOW + timedelta(hours=4))  # what came to be before they signed in is on their first page
    after_signing_in = len(mail.outbox)
    third = factories.episode(referral=factories.referral())
    Allocation.objects.create(
        episode=third, practitioner=current(episode), made_by="carol", made_at=NOW + timedelta(hours=5)
    )
    send(at=NOW + timedelta(hours=6))

    assert (between, after_signing_in, len(mail.outbox)) == (1, 1, 2)


def current(episode: Episode) -> Practitioner:
    row: Allocation = episode.allocations.get(ended_at=None)
    return row.practitioner


def test_another_kind_is_told_although_one_was(kit: Account, at_work: RoleGrant, episode: Episode) -> None:
    send(at=LATER)
    factories.session(episode=episode, period=TimestamptzRange(NOW, NOW + timedelta(hours=1)))

    send(at=NOW + timedelta(days=3))

    assert len(mail.outbox) == 2
    assert kinds_of(kit) == {Kind.ALLOCATED, Kind.NO_OUTCOME}


def test_managers_hear_of_referrals_clocks_and_concerns(manager: Account, session: Session) -> None:
    factories.referral(received_at=NOW)
    waiting = factories.referral(completed_at=NOW - timedelta(days=11))
    factories.episode(referral=waiting, state="waiting")
    factories.concern(session=session, raised_at=NOW)

    send(at=LATER)

    assert kinds_of(manager) == {Kind.REFERRAL, Kind.CLOCK, Kind.CONCERN}
    assert receivers() == [manager.email]


def test_a_concern_before_any_decision_is_told_too(manager: Account) -> None:
    referral = factories.referral(received_at=NOW - timedelta(days=30))
    factories.concern(referral=referral, raised_at=NOW)

    send(at=NOW + timedelta(minutes=120))

    assert kinds_of(manager) == {Kind.CONCERN, Kind.ALERT}


def test_an_alert_that_was_sent_to_nobody_is_not_missed(manager: Account, session: Session) -> None:
    Referral.objects.update(partner="")
    factories.concern(session=session, raised_at=NOW)

    send(at=NOW + timedelta(minutes=120))

    assert kinds_of(manager) == {Kind.CONCERN}


@pytest.mark.parametrize("kept", [False, True])
def test_a_referral_that_was_changed_mid_programme_is_told_to_whoever_may_read_it(
    kit: Account, at_work: RoleGrant, manager: Account, episode: Episode, *, kept: bool
) -> None:
    Referral.objects.filter(pk=episode.referral.pk).update(unread_since=NOW)
    if kept:
        case = {"case": episode.referral.ref, "reason": "x", "made_by": "carol", "made_at": NOW}
        Restriction.objects.create(**case)

    send(at=LATER)

    assert [Kind.CHANGED in kinds_of(one) for one in (kit, manager)] == [not kept] * 2


def test_a_held_leaving_decides_what_was_changed(kit: Account, at_work: RoleGrant, episode: Episode) -> None:
    Referral.objects.filter(pk=episode.referral.pk).update(unread_since=NOW)
    factories.leaving(episode=episode)

    send(at=LATER)

    assert Kind.CHANGED not in kinds_of(kit)


def test_an_alert_nobody_takes_up_is_told_after_two_hours(manager: Account, session: Session) -> None:
    factories.concern(session=session, raised_at=NOW)

    send(at=NOW + timedelta(minutes=119))
    early = kinds_of(manager)
    send(at=NOW + timedelta(minutes=120))

    assert Kind.ALERT not in early
    assert Kind.ALERT in kinds_of(manager)


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        (
            Kind.SAFETY,
            lambda episode: factories.measure(
                episode=episode, instrument="phq-9", flagged=True, recorded_at=NOW - timedelta(hours=2)
            ),
        ),
        (
            Kind.FOLLOW_UP,
            lambda episode: factories.missed(episode=episode, recorded_at=NOW - timedelta(days=1)),
        ),
        (
            Kind.REVIEW,
            lambda episode: factories.rating(
                episode=episode, rated_on=NOW.date() - timedelta(days=90), review_on=NOW.date()
            ),
        ),
    ],
)
def test_practitioners_hear_of_what_has_run_out(
    kind: Kind, make: Callable[[Episode], object], kit: Account, at_work: RoleGrant, episode: Episode
) -> None:
    make(episode)

    send(at=LATER)

    assert kind in kinds_of(kit)


def test_a_judgement_that_a_newer_one_follows_is_not_told(
    kit: Account, at_work: RoleGrant, episode: Episode
) -> None:
    day = NOW.date()
    factories.rating(episode=episode, rated_on=day - timedelta(days=90), review_on=day)
    factories.rating(episode=episode, rated_on=day - timedelta(days=1), review_on=day + timedelta(days=90))

    send(at=LATER)

    assert Kind.REVIEW not in kinds_of(kit)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"compared": "higher", "alerting": ["manager"]}, True),
        ({"compared": "higher", "alerting": ["supervisor"]}, False),
        ({"compared": "same", "alerting": ["manager"]}, False),
    ],
)
def test_a_manager_whom_the_rater_chose_is_told_at_once_of_a_higher_judgement(
    manager: Account, episode: Episode, said: dict[str, Any], *, told: bool
) -> None:
    factories.rating(episode=episode, **said)

    send(at=LATER)

    assert (Kind.HIGHER in kinds_of(manager)) is told


@pytest.mark.parametrize(("before", "told"), [("attended", True), ("missed", False)])
def test_a_session_that_was_put_right_to_missed_is_told_from_then_on(
    kit: Account, at_work: RoleGrant, episode: Episode, *, before: str, told: bool
) -> None:
    row = factories.missed(episode=episode, recorded_at=NOW - timedelta(days=60))
    send(at=LATER)
    assert Kind.FOLLOW_UP not in kinds_of(kit)

    made: dict[str, Any] = {"made_by": "noor", "made_at": NOW - timedelta(days=1)}
    Correction.objects.create(
        session=row, version=2, before=before, reason="later", submission="once", **made
    )
    send(at=LATER)

    assert (Kind.FOLLOW_UP in kinds_of(kit)) is told


@pytest.mark.parametrize("kind", ["entered", "held"])
def test_a_session_that_was_put_where_it_was_held_waits_for_its_outcome_from_then_on(
    kit: Account, at_work: RoleGrant, episode: Episode, kind: str
) -> None:
    row = factories.session(episode=episode, period=ended(days=60))
    send(at=LATER)
    assert Kind.NO_OUTCOME not in kinds_of(kit)

    before = None if kind == "entered" else row.period
    entry = factories.entered(session=row, kind=kind, before=before, made_at=NOW - timedelta(hours=47))
    send(at=LATER)
    assert Kind.NO_OUTCOME not in kinds_of(kit)
    Move.objects.filter(pk=entry.pk).update(made_at=NOW - timedelta(hours=48))
    send(at=LATER)

    assert Kind.NO_OUTCOME in kinds_of(kit)


@pytest.mark.parametrize(
    ("tool", "due_in", "told"), [("sam", -60, True), ("sam", 60, False), ("srp", -60, False)]
)
def test_a_judgement_that_holds_again_since_another_was_struck_out_is_told_once_it_is_due(
    kit: Account, at_work: RoleGrant, episode: Episode, *, tool: str, due_in: int, told: bool
) -> None:
    day = NOW.date()
    factories.rating(
        episode=episode, rated_on=day - timedelta(days=90), review_on=day + timedelta(days=due_in)
    )
    later = factories.rating(
        episode=episode,
        tool=tool,
        rated_on=day - timedelta(days=80),
        review_on=day + timedelta(days=10),
    )
    send(at=LATER)
    assert Kind.REVIEW not in kinds_of(kit)

    struck(later)
    send(at=LATER)

    assert (Kind.REVIEW in kinds_of(kit)) is told


def test_that_no_judgement_holds_any_more_is_told(kit: Account, at_work: RoleGrant, episode: Episode) -> None:
    only = factories.rating(episode=episode)
    send(at=LATER)
    assert Kind.REVIEW not in kinds_of(kit)

    struck(only)
    send(at=LATER)

    assert Kind.REVIEW in kinds_of(kit)


def struck(row: RiskRating) -> None:
    """A day ago someone struck it out."""
    row.struck_reason, row.struck_by, row.struck_at = "A mistake", "noor", NOW - timedelta(days=1)
    row.save()


def test_the_person_who_owes_the_next_step_of_a_concern_is_told_on_its_day(
    at_work: RoleGrant, kit: Account, manager: Account, session: Session
) -> None:
    concern = factories.concern(session=session, kind="child", raised_at=NOW - timedelta(days=3))
    tomorrow = (NOW + timedelta(days=1)).date()
    factories.step(concern=concern, stage="enquiry", owner=kit.ref, due_on=tomorrow)
    send(at=NOW)
    before = kinds_of(kit)

    send(at=NOW + timedelta(days=1))

    assert (before & {Kind.STEP}, kinds_of(kit) & {Kind.STEP}) == (set(), {Kind.STEP})
    assert Kind.STEP not in kinds_of(manager)


def test_a_step_that_was_taken_or_a_concern_that_was_closed_asks_nobody(
    at_work: RoleGrant, kit: Account, manager: Account, session: Session
) -> None:
    taken = factories.concern(session=session, kind="child")
    factories.step(concern=taken, stage="enquiry", owner=kit.ref)
    factories.step(concern=taken, stage="decision", number=2, owner=manager.ref)
    over = {"outcome": "mistaken", "closing_words": "No.", "untaken_reason": "Rung", "closed_by": "carol"}
    earlier = NOW - timedelta(days=1)
    closed = factories.concern(session=session, kind="child", raised_at=earlier, closed_at=NOW, **over)
    factories.step(concern=closed, stage="enquiry", owner=kit.ref)

    send(at=NOW)

    assert Kind.STEP not in kinds_of(kit)
    assert Kind.STEP in kinds_of(manager)


def test_whoever_raised_a_concern_is_not_told_that_it_was_raised(manager: Account, session: Session) -> None:
    factories.concern(session=session, raised_by=manager.ref)

    send(at=LATER)

    assert kinds_of(manager) == set()


def test_a_second_pair_of_eyes_hears_that_a_report_waits_and_its_writer_does_not(
    manager: Account, episode: Episode
) -> None:
    second = factories.account(name="Sol Arden")
    signed_in_at(factories.grant(account=second, role=Role.SUPERVISOR), NOW - timedelta(days=14))
    factories.offered(episode=episode, by=manager.ref)

    send(at=LATER)

    assert Kind.SIGN in kinds_of(second)
    assert Kind.SIGN not in kinds_of(manager)


def test_nobody_hears_of_people_whom_they_may_not_see(manager: Account, session: Session) -> None:
    elsewhere = factories.account(name="Sable Winterfold")
    factories.grant(account=elsewhere, role=Role.MANAGER, area=staff.ELSEWHERE)
    kept_away = factories.account(name="Ola Reed")
    factories.grant(account=kept_away, role=Role.MANAGER)
    case = session.episode.referral.ref
    Restriction.objects.create(case=case, reason="a party is police", made_by="carol", made_at=NOW)
    Exclusion.objects.create(
        case=case, account=manager.ref, allowed=True, reason="", made_by="carol", made_at=NOW
    )
    factories.concern(session=session)

    send(at=LATER)

    assert receivers() == [manager.email]


def test_whoever_left_gets_none_also_when_theirs_was_waiting(
    kit: Account, at_work: RoleGrant, episode: Episode, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    send(at=LATER)
    kit.left_at = LATER
    kit.save()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    send(at=LATER + FIRST_PAUSE)

    assert receivers() == []
    assert OutgoingEmail.objects.get().state == State.DROPPED


def test_a_message_whose_reader_signed_in_meanwhile_is_dropped(
    kit: Account, at_work: RoleGrant, episode: Episode, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    send(at=LATER)
    signed_in_at(at_work, LATER)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    send(at=LATER + FIRST_PAUSE)

    assert receivers() == []
    assert OutgoingEmail.objects.get().state == State.DROPPED


def test_a_mail_server_that_does_not_answer_is_tried_again_and_shown(
    kit: Account,
    at_work: RoleGrant,
    episode: Episode,
    settings: Settings,
    signed_in: Callable[..., Client],
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    send(at=LATER)
    send(at=LATER + FIRST_PAUSE - timedelta(seconds=1))  # too early to try again
    linnet = factories.account(name="Linnet Grasmoor")
    shown = text(signed_in(role=Role.ADMINISTRATOR, account=linnet).get("/account/emails/not-sent/"))
    waiting = OutgoingEmail.objects.get()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    send(at=LATER + FIRST_PAUSE)

    assert (waiting.tries, waiting.failure) == (1, "ConnectionRefusedError")
    assert "Kit Marlow" in shown
    assert receivers() == [kit.email]
    assert OutgoingEmail.objects.get().state == State.SENT


def test_a_mail_server_that_is_down_for_a_day_loses_nothing_and_doubles_nothing(
    kit: Account, at_work: RoleGrant, episode: Episode, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    for hour in range(24):
        send(at=LATER + timedelta(hours=hour))
    tried = OutgoingEmail.objects.get()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    for hour in range(24, 48):
        send(at=LATER + timedelta(hours=hour))

    assert tried.tries > 2
    assert receivers() == [kit.email]
    assert OutgoingEmail.objects.get().state == State.SENT


def test_after_a_week_a_message_is_given_up(at_work: RoleGrant, episode: Episode, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    send(at=LATER)
    send(at=LATER + WORK_LASTS)

    row = OutgoingEmail.objects.get()
    assert (row.state, row.tries) == (State.ENDED, 1)


def test_what_was_told_is_known_until_its_reader_has_signed_in_and_forgotten_then(
    kit: Account, at_work: RoleGrant, episode: Episode
) -> None:
    send(at=LATER)
    forget(before=LATER + timedelta(days=20))
    send(at=LATER + timedelta(days=20))
    kept = len(mail.outbox)
    signed_in_at(at_work, LATER + timedelta(days=21))
    forget(before=LATER + timedelta(days=22))

    assert kept == 1
    assert not OutgoingEmail.objects.exists()


def test_two_workers_tell_an_account_once(kit: Account, at_work: RoleGrant, episode: Episode) -> None:
    for _ in range(2):
        commands.make(actor=actors.clock(), account=kit.ref, kinds=[Kind.ALLOCATED], at=LATER)

    assert OutgoingEmail.objects.count() == 1


def test_a_reader_whose_address_is_none_holds_nobody_up(
    kit: Account, at_work: RoleGrant, episode: Episode
) -> None:
    Account.objects.filter(pk=kit.pk).update(email="kit, noor@service.example")

    send(at=LATER)

    assert not OutgoingEmail.objects.exists()


def test_a_message_goes_to_the_address_of_the_moment(
    kit: Account, at_work: RoleGrant, episode: Episode, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    send(at=LATER)
    Account.objects.filter(pk=kit.pk).update(email="kit.new@service.example")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    send(at=LATER + FIRST_PAUSE)

    assert receivers() == ["kit.new@service.example"]


def test_what_somebody_does_not_want_is_not_sent_and_the_rest_is(
    kit: Account, kit_browser: Client, episode: Episode
) -> None:
    EmailChoice.objects.create(account=kit.ref, unwanted=[Kind.REFERRAL], changed_at=NOW)  # of another role
    answer = kit_browser.post("/account/emails/", {"wanted": [Kind.NO_OUTCOME]})
    SignIn.objects.update(began_at=NOW - timedelta(days=30))
    send(at=LATER)
    factories.session(episode=episode, period=ended(days=3))
    send(at=LATER)

    assert answer.status_code == 302
    assert set(EmailChoice.objects.get().unwanted) > {Kind.ALLOCATED}
    assert kinds_of(kit) == {Kind.NO_OUTCOME}
    assert Kind.REFERRAL in EmailChoice.objects.get().unwanted


def test_wanting_none_at_all_is_a_choice(kit: Account, kit_browser: Client, episode: Episode) -> None:
    kit_browser.post("/account/emails/", {"form_submission": "1"})
    page = text(kit_browser.get("/account/emails/"))
    SignIn.objects.update(began_at=NOW - timedelta(days=30))
    send(at=LATER)

    assert mail.outbox == []
    assert kit.email in page


def test_a_kind_of_another_role_cannot_be_chosen(kit_browser: Client) -> None:
    answer = kit_browser.post("/account/emails/", {"wanted": [Kind.REFERRAL]})

    assert answer.status_code == 422
    assert not EmailChoice.objects.exists()


def test_ones_own_page_shows_what_failed(
    kit: Account, at_work: RoleGrant, signed_in: Callable[..., Client], episode: Episode, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    send(at=LATER)

    page = text(signed_in().get("/account/emails/"))

    assert "1 try failed" in page


def test_that_a_message_was_made_and_sent_is_in_the_audit(
    kit: Account, at_work: RoleGrant, episode: Episode
) -> None:
    send(at=LATER)

    events = AuditEvent.objects.filter(action__contains="nudge").order_by("pk")
    assert [(event.action, event.who) for event in events] == [
        ("accounts.make_nudge", "clock"),
        ("accounts.send_nudge", "clock"),
    ]


def test_a_person_cannot_make_or_send_one(actor: actors.Actor) -> None:
    with pytest.raises(gate.Forbidden):
        commands.make(actor=actor, account=actor.who, kinds=[Kind.CONCERN], at=NOW)


def test_an_idle_pass_asks_few_questions(
    at_work: RoleGrant, episode: Episode, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(10):
        factories.grant(account=factories.account(name=f"Person {number}"), role=Role.MANAGER)
    send(at=LATER)

    with django_assert_max_num_queries(26):  # type: ignore[attr-defined]  # a context manager
        chores.make(at=LATER)


WEEK = TimestamptzRange(NOW + timedelta(days=2), NOW + timedelta(days=2, hours=1))


def meets(episode: Episode, what: str, **fields: Any) -> object:
    """A session or an assessment of next week."""
    make = factories.session if what == "session" else factories.assessment
    return make(episode=episode, period=WEEK, **fields)


@pytest.mark.parametrize("what", ["session", "assessment"])
def test_leave_into_which_a_meeting_falls_is_told_to_whoever_moves_it_and_not_to_who_noted_it(
    kit: Account, at_work: RoleGrant, manager: Account, episode: Episode, what: str
) -> None:
    noted = factories.account(name="Mona Reed")
    signed_in_at(factories.grant(account=noted, role=Role.MANAGER), NOW - timedelta(days=14))
    meets(episode, what)
    factories.leave(practitioner=current(episode), noted_by=noted.ref)

    send(at=LATER)

    assert [Kind.TO_MOVE in kinds_of(one) for one in (kit, manager, noted)] == [True, True, False]


@pytest.mark.parametrize("what", ["session", "assessment"])
def test_leave_of_the_second_member_of_staff_is_told_to_whoever_moves_the_meeting(
    kit: Account, at_work: RoleGrant, manager: Account, episode: Episode, what: str
) -> None:
    noor = factories.practitioner(account=factories.account(name="Noor Hale"))
    meets(episode, what, second=noor)
    factories.leave(practitioner=noor)

    send(at=LATER)

    assert [Kind.TO_MOVE in kinds_of(one) for one in (kit, manager)] == [True, True]


def test_leave_that_hits_no_meeting_ahead_is_told_to_nobody(
    kit: Account, at_work: RoleGrant, manager: Account, episode: Episode
) -> None:
    factories.session(episode=episode, number=1, period=ended(days=1))
    factories.session(episode=episode, number=3)
    meets(episode, "session", number=2, state="cancelled")
    factories.leave(practitioner=current(episode))
    factories.leave(
        practitioner=factories.practitioner(account=factories.account(name="Noor Hale")),
        removed_at=NOW,
        removed_by="carol",
    )

    send(at=LATER)

    assert Kind.TO_MOVE not in kinds_of(kit) | kinds_of(manager)


@pytest.mark.parametrize("what", ["session", "assessment"])
@pytest.mark.parametrize(("hours", "told"), [(0, True), (72, False)])
def test_a_room_that_can_no_longer_be_booked_is_told_while_the_meeting_is_ahead(
    kit: Account, at_work: RoleGrant, episode: Episode, what: str, hours: int, *, told: bool
) -> None:
    barred = NOW + timedelta(hours=hours)
    meets(episode, what, room=factories.room(barred_at=barred))

    send(at=barred + timedelta(minutes=1))

    assert (Kind.TO_MOVE in kinds_of(kit)) is told


def test_nobody_hears_of_a_meeting_of_a_person_whom_they_may_not_see(
    kit: Account, at_work: RoleGrant, manager: Account, episode: Episode
) -> None:
    meets(episode, "session", room=factories.room(barred_at=NOW))
    factories.leave(practitioner=current(episode))
    case = {"case": episode.referral.ref, "reason": "x", "made_by": "carol", "made_at": NOW}
    Restriction.objects.create(**case)

    send(at=LATER)

    assert Kind.TO_MOVE not in kinds_of(kit) | kinds_of(manager)


def test_what_the_version_before_keeps_of_choices_and_of_what_it_told_counts_at_once(
    kit: Account, at_work: RoleGrant, episode: Episode
) -> None:
    with connection.cursor() as cursor:
        for unwanted in ("{clock}", "{no_outcome}"):
            cursor.execute(
                "INSERT INTO programme_nudgechoice (ref, account, unwanted, changed_at) VALUES ('before', %s, %s, %s)"
                " ON CONFLICT (ref) DO UPDATE SET unwanted = excluded.unwanted",
                [kit.ref, unwanted, NOW],
            )
        cursor.execute(
            "INSERT INTO programme_nudge (ref, account, kinds, state, made_at, tries, next_try_at, failure)"
            " VALUES ('before', %s, '{allocated}', 'waiting', %s, 1, %s, '')",
            [kit.ref, NOW, NOW],
        )
        cursor.execute("UPDATE programme_nudge SET state = 'sent', done_at = %s", [NOW])
    factories.session(episode=episode, period=ended(days=3))

    send(at=LATER)

    assert EmailChoice.objects.get().unwanted == ["no_outcome"]
    assert [(row.kinds, row.state) for row in OutgoingEmail.objects.all()] == [(["allocated"], "sent")]
    assert receivers() == []
