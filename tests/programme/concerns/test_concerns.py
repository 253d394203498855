"""A concern leads to a person here, and to a content-free alert there."""

import json
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories
from tests.programme.reading import text

from desist import codes
from desist.desk.duty.commands import NotANumber
from desist.keys import sitekeys
from desist.post import doors, inbox, own, payloads, seal
from desist.post.models import Inbox, Outbox, Partner
from desist.post.transports import Transport
from desist.programme.concerns import commands
from desist.programme.concerns.models import Concern
from desist.programme.concerns.raising import Raised
from desist.programme.concerns.states import RaisedFrom
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

WORDS = ("UNIQUE-WHAT", "UNIQUE-WHOM", "UNIQUE-ANSWER")
FORM = {
    "kind": "child",
    "what": "UNIQUE-WHAT he knows a new address",
    "told_whom": "UNIQUE-WHOM duty manager",
    "told_on-day": "3",
    "told_on-month": "3",
    "told_on-year": "2026",
    "told_time": "2:20pm",
    "answer": "UNIQUE-ANSWER will call",
    "contact": "01632 960 009",
    "form_submission": "sent-once",
}
RAISED = Raised(
    what="UNIQUE-WHAT",
    told_whom="UNIQUE-WHOM",
    told_at=factories.NOW,
    answer="UNIQUE-ANSWER",
    contact="01632 960 009",
)


def opened(envelope: Outbox, keys: sitekeys.SiteKeys) -> seal.Body:
    """What the police read in an envelope."""
    header = seal.Header(envelope.ref, own.site().name, factories.POLICE)
    by = [own.keys().public.current.sign]
    return seal.unseal(header=header, sealed=bytes(envelope.sealed), keys=[keys.current.seal], by=by)


def everything_outside_the_concern() -> str:
    """Every row of the tables that leave, or that others read; whom a telephone call is about both sides know."""
    found = []
    with connection.cursor() as cursor:
        for table in ("post_outbox", "post_byhandtask", "wall_auditevent", "accounts_browsersession"):
            cursor.execute(f"SELECT (to_jsonb(t) - 'about')::text FROM {table} t")
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_concern_is_recorded_and_an_alert_goes_out_once(kit_browser: Client, session: Session) -> None:
    for _ in range(2):  # a double click
        answer = kit_browser.post(f"/concerns/{session.ref}/raise/", FORM, follow=True)
        assert "The concern has been recorded, and the alert is on its way." in text(answer)

    concern = Concern.objects.get()
    assert (concern.session, concern.told_whom) == (session, "UNIQUE-WHOM duty manager")
    assert concern.told_at.isoformat() == "2026-03-03T14:20:00+00:00"
    assert Outbox.objects.count() == 1


def test_where_no_partner_stands_on_the_referral_nobody_is_promised_an_alert(
    kit_browser: Client, session: Session
) -> None:
    Referral.objects.update(partner="")
    address = f"/concerns/{session.ref}/raise/"

    asked = text(kit_browser.get(address))
    said = text(kit_browser.post(address, FORM, follow=True))

    assert "no alert can be sent. Telephone the police yourself" in asked
    assert "No alert was sent" in said
    assert (Concern.objects.count(), Outbox.objects.count()) == (1, 0)


def test_the_alert_holds_a_reason_a_number_and_a_moment(
    kit_browser: Client, session: Session, police_keys: sitekeys.SiteKeys
) -> None:
    kit_browser.post(f"/concerns/{session.ref}/raise/", FORM)

    body = opened(Outbox.objects.get(), police_keys)

    concern = Concern.objects.get()
    assert body.kind == "alert"
    assert body.thread == session.episode.referral.thread
    assert body.values == {
        "reason": codes.AlertReason.CONCERN.value,
        "contact": "01632 960 009",
        "raised_at": concern.raised_at.isoformat(),
    }


@pytest.mark.parametrize("transport", [Transport.COURIER, Transport.BY_HAND])
def test_the_words_of_a_concern_never_leave(
    kit_browser: Client, session: Session, police: Partner, police_keys: sitekeys.SiteKeys, transport: str
) -> None:
    Partner.objects.filter(pk=police.pk).update(transport=transport)
    kit_browser.post(f"/concerns/{session.ref}/raise/", FORM)

    outside = everything_outside_the_concern()
    outside += "".join(json.dumps(opened(one, police_keys).values) for one in Outbox.objects.all())

    assert Concern.objects.count() == 1
    assert not [word for word in (*WORDS, "Robin Example") if word in outside]


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.MANAGER])
def test_a_concern_is_raised_before_any_session_is_planned(
    signed_in: Callable[..., Client], episode: Episode, role: Role, police_keys: sitekeys.SiteKeys
) -> None:
    browser, kit = signed_in(role=role), episode.allocations.get().practitioner
    assessment = factories.assessment(episode=episode)
    address = f"/concerns/of/{episode.ref}/raise/"
    for page in (f"/episodes/{episode.ref}/", f"/assessments/{assessment.ref}/"):
        assert address in browser.get(page).content.decode()

    for _ in range(2):  # a double click
        answer = browser.post(address, FORM, follow=True)
        assert "The concern has been recorded, and the alert is on its way." in text(answer)

    concern = Concern.objects.get()
    assert (concern.referral, concern.session, concern.raised_by) == (episode.referral, None, kit.ref)
    body = opened(Outbox.objects.get(), police_keys)
    assert set(body.values) == {"reason", "contact", "raised_at"}
    assert "Open concern" in text(browser.get(f"/episodes/{episode.ref}/"))


def test_the_page_says_in_which_kind_of_session(kit_browser: Client, episode: Episode) -> None:
    catch_up = factories.session(episode=episode, kind="catch_up", number=3)

    page = text(kit_browser.get(f"/concerns/{catch_up.ref}/raise/"))
    outside = text(kit_browser.get(f"/concerns/of/{episode.ref}/raise/"))

    assert "Catch-up session 3" in page
    assert "session 3" not in outside


def test_a_finished_session_leads_to_a_concern_that_came_up_later(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    held = factories.attended(episode=episode)
    page, address = f"/sessions/{held.ref}/", f"/concerns/of/{episode.ref}/raise/"

    for role in (Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR):
        assert address in signed_in(role=role).get(page).content.decode()


def test_only_a_telephone_number_goes_with_an_alert_in_no_session_either(
    actor: Actor, kit_browser: Client, episode: Episode
) -> None:
    address = f"/concerns/of/{episode.ref}/raise/"
    assert kit_browser.post(address, {**FORM, "contact": "at the mill"}).status_code == 422
    words = Raised(**{**vars(RAISED), "contact": "at the mill"})

    with pytest.raises(NotANumber):
        commands.raise_concern(
            actor=actor,
            raised_from=RaisedFrom.PERSON,
            ref=episode.ref,
            raised=words,
            submission="a",
            at=factories.NOW,
        )

    assert not Concern.objects.exists()


@pytest.mark.parametrize("number", ["", "call her at home", "01632 960 009 he knows the address", "9" * 30])
def test_only_a_telephone_number_goes_with_an_alert(
    kit_browser: Client, session: Session, number: str
) -> None:
    answer = kit_browser.post(f"/concerns/{session.ref}/raise/", {**FORM, "contact": number})

    assert answer.status_code == 422
    assert "UNIQUE-WHAT" in text(answer)
    assert not Concern.objects.exists()


def test_the_command_too_takes_only_a_number(actor: Actor, session: Session) -> None:
    words = Raised(**{**vars(RAISED), "contact": "at the mill"})

    with pytest.raises(NotANumber):
        commands.raise_concern(
            actor=actor,
            raised_from=RaisedFrom.SESSION,
            ref=session.ref,
            raised=words,
            submission="a",
            at=factories.NOW,
        )


def test_nobody_was_told_in_the_future(kit_browser: Client, session: Session) -> None:
    answer = kit_browser.post(f"/concerns/{session.ref}/raise/", {**FORM, "told_on-year": "2099"})

    assert answer.status_code == 422
    assert "must not be in the future" in text(answer)


def test_the_duty_number_is_offered(kit_browser: Client, session: Session) -> None:
    factories.duty_number()
    factories.duty_number(number="01632 960 222", area="Elsewhere")

    page = kit_browser.get(f"/concerns/{session.ref}/raise/")

    assert 'value="01632 960 111"' in page.content.decode()
    assert "Duty manager 01632 960 111" in text(page)
    assert "01632 960 222" not in text(page)
    assert "If anyone is in danger, call 999." in text(page)


def test_a_concern_without_its_alert_is_not_kept(
    kit_browser: Client, session: Session, police: Partner
) -> None:
    Partner.objects.filter(pk=police.pk).update(name="another-force")

    assert kit_browser.post(f"/concerns/{session.ref}/raise/", FORM).status_code == 422

    assert not Concern.objects.exists()


def arrive(*, police_keys: sitekeys.SiteKeys, thread: str, raised_at: datetime, at: datetime) -> None:
    """An acknowledgement of the alert of a moment comes from the police and is handled."""
    payload = payloads.AlertAcknowledged(raised_at=raised_at, acknowledged_at=at)
    header = seal.Header(uuid.uuid4(), factories.POLICE, own.site().name)
    body = seal.Body(payload.KIND, payload.VERSION, thread, at, doors.to_json(payload))
    keys = own.keys().public.current.seal
    sealed = seal.seal(header=header, body=body, to=keys, by=police_keys.current.sign)
    Inbox.objects.create(ref=header.id, sender=factories.POLICE, sealed=sealed, at=at)
    inbox.handle_waiting(at=at)


def test_an_acknowledgement_marks_the_concern_that_raised_its_alert_and_no_other(
    session: Session, police_keys: sitekeys.SiteKeys
) -> None:
    later = factories.concern(session=session, raised_at=factories.NOW + timedelta(minutes=5))
    earlier = factories.concern(session=session)
    answered = factories.NOW + timedelta(minutes=9)

    arrive(
        police_keys=police_keys,
        thread=session.episode.referral.thread,
        raised_at=later.raised_at,
        at=answered,
    )

    earlier.refresh_from_db()
    later.refresh_from_db()
    assert (earlier.acknowledged_at, later.acknowledged_at) == (None, answered)


def withdrew(episode: Episode, at: datetime) -> Model:
    return factories.agreement(
        episode=episode,
        state="withdrawn",
        withdrawal_reason="no_reason",
        withdrawn_by="carol",
        withdrawn_at=at,
    )


def left(episode: Episode, at: datetime) -> Model:
    return factories.leaving(
        episode=episode, decided_at=at, held_until=at + timedelta(days=1), contact="01632 960 009"
    )


@pytest.mark.parametrize("raise_alert", [withdrew, left])
def test_an_acknowledgement_marks_the_withdrawal_or_the_leaving_that_raised_its_alert_and_no_other(
    session: Session,
    practitioner: Practitioner,
    police_keys: sitekeys.SiteKeys,
    raise_alert: Callable[[Episode, datetime], Any],
) -> None:
    raised_at, answered = factories.NOW + timedelta(minutes=5), factories.NOW + timedelta(minutes=9)
    concern = factories.concern(session=session)
    answers = raise_alert(session.episode, raised_at)
    somebody = factories.referral(family_name="Other")
    elsewhere = raise_alert(factories.episode(referral=somebody, practitioner=practitioner), raised_at)
    untouched = type(elsewhere).objects.filter(pk=elsewhere.pk).values().get()

    for later in (answered, answered + timedelta(hours=1)):  # the same is told twice
        arrive(
            police_keys=police_keys,
            thread=session.episode.referral.thread,
            raised_at=raised_at,
            at=later,
        )

    answers.refresh_from_db()
    concern.refresh_from_db()
    assert (answers.acknowledged_at, concern.acknowledged_at) == (answered, None)
    assert type(elsewhere).objects.filter(pk=elsewhere.pk).values().get() == untouched
    assert Inbox.objects.filter(handled_at=None).count() == 0


def test_an_acknowledgement_marks_no_leaving_that_sent_no_alert(
    session: Session, police_keys: sitekeys.SiteKeys
) -> None:
    row = factories.leaving(
        episode=session.episode,
        state="ended",
        by="others",
        reason="moved",
        held_until=None,
        ended_at=factories.NOW,
        contact="",
    )

    arrive(
        police_keys=police_keys,
        thread=session.episode.referral.thread,
        raised_at=row.decided_at,
        at=factories.NOW + timedelta(minutes=9),
    )

    row.refresh_from_db()
    assert row.acknowledged_at is None
    assert Inbox.objects.get().handled_at is not None


def test_an_acknowledgement_of_an_alert_that_no_concern_raised_marks_nothing(
    session: Session, police_keys: sitekeys.SiteKeys
) -> None:
    concern = factories.concern(session=session)

    arrive(
        police_keys=police_keys,
        thread=session.episode.referral.thread,
        raised_at=factories.NOW + timedelta(minutes=1),
        at=factories.NOW + timedelta(minutes=9),
    )

    concern.refresh_from_db()
    assert concern.acknowledged_at is None
    assert Inbox.objects.get().handled_at is not None


def test_an_acknowledgement_that_answers_nothing_marks_nothing(
    session: Session, police_keys: sitekeys.SiteKeys
) -> None:
    concern = factories.concern(session=session)

    arrive(police_keys=police_keys, thread="of somebody else", raised_at=factories.NOW, at=factories.NOW)

    concern.refresh_from_db()
    assert concern.acknowledged_at is None
    assert Inbox.objects.get().dead_at is None


def test_raising_and_acknowledging_leave_their_events(
    actor: Actor, session: Session, police_keys: sitekeys.SiteKeys
) -> None:
    commands.raise_concern(
        actor=actor,
        raised_from=RaisedFrom.SESSION,
        ref=session.ref,
        raised=RAISED,
        submission="a",
        at=factories.NOW,
    )
    arrive(
        police_keys=police_keys,
        thread=session.episode.referral.thread,
        raised_at=factories.NOW,
        at=factories.NOW,
    )

    concern = Concern.objects.get()
    assert concern.alert
    events = AuditEvent.objects.filter(allowed=True).values_list("action", "row", "who")
    assert ("programme.raise_concern", f"programme.session:{session.ref}", actor.who) in events
    assert ("programme.note_acknowledgement", f"programme.sentalert:{concern.alert.ref}", "post") in events


def test_the_list_shows_first_what_nobody_took_up(
    kit_browser: Client, session: Session, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        raised_at = factories.NOW + timedelta(minutes=number)
        factories.concern(
            session=session, what=f"Taken up {number}", raised_at=raised_at, acknowledged_at=factories.NOW
        )
    factories.concern(session=session, what="Still waits", raised_at=factories.NOW - timedelta(days=1))

    with django_assert_num_queries(6):
        page = text(kit_browser.get("/concerns/"))

    assert page.index("Still waits") < page.index("Taken up 0")
    assert "Waiting since" in page
    assert "Nobody acknowledged it in time. Ring " in page


def test_a_concern_of_another_caseload_is_not_listed(
    signed_in: Callable[..., Client], session: Session
) -> None:
    factories.concern(session=session)
    other = signed_in(account=factories.account(name="Noor Hale"))

    assert "Spoke of waiting" not in text(other.get("/concerns/"))
    assert other.get(f"/concerns/{session.ref}/raise/").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [(Role.MANAGER, 403), (Role.SUPERVISOR, 403), (Role.OBSERVER, 403)]
)
def test_a_practitioner_alone_raises_in_a_session(
    signed_in: Callable[..., Client], session: Session, role: Role, status: int
) -> None:
    other = signed_in(role=role, account=factories.account(name="Ola Reed"))

    assert other.get(f"/concerns/{session.ref}/raise/").status_code == status
