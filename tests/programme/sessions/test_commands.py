"""What can happen to a session's record, and what cannot."""

import itertools
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import TimestamptzRange
from tests.programme import factories

from desist.post.models import Outbox
from desist.programme.concerns.models import Concern
from desist.programme.episodes.models import Episode
from desist.programme.sessions import commands
from desist.programme.sessions.models import Session
from desist.programme.sessions.records import Record
from desist.programme.sessions.states import TRANSITIONS, State
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

ATTENDED = {"attendance": "attended", "risk_check": "nothing", "compliance": "worked"}


def write(session: Session, **fields: object) -> None:
    Session.objects.filter(pk=session.pk).update(**fields)


def finish(actor: Actor, session: Session, version: int = 1) -> None:
    commands.finish(actor=actor, ref=session.ref, version=version, at=factories.NOW)


@pytest.mark.parametrize("state", [state for state in State if state is not State.PLANNED])
def test_no_state_but_planned_can_be_recorded(actor: Actor, session: Session, state: State) -> None:
    write(session, state=state, recorded_by="kit", recorded_at=factories.NOW, missed_reason="ill")

    with pytest.raises(Changed):
        finish(actor, session)
    with pytest.raises(Changed):
        commands.save(actor=actor, ref=session.ref, record=Record(), version=1, at=factories.NOW)


def test_the_table_of_states_knows_every_state_and_never_leads_back_to_planned() -> None:
    assert set(TRANSITIONS) == set(State)
    assert not any(State.PLANNED in after for after in TRANSITIONS.values())
    assert TRANSITIONS[State.CANCELLED] == ()


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({}, ["Say whether the person attended."]),
        ({"attendance": "missed"}, ["Say why the person did not attend.", "Say who was responsible."]),
        (
            {"attendance": "attended"},
            ["Say what the outcome of the risk check was.", "Say how the person worked in the session."],
        ),
        (
            {**ATTENDED, "risk_check": "concern"},
            ["The risk check ended in a concern: raise it, so that a colleague is told."],
        ),
        ({**ATTENDED, "ended": "person"}, ["Say how many minutes were held, fewer than planned."]),
        (
            {**ATTENDED, "ended": "service", "minutes_held": 90},
            ["Say how many minutes were held, fewer than planned."],
        ),
        (
            {"attendance": "missed", "missed_reason": "room", "whose_reason": "person"},
            ["If it was the practitioner, room or equipment, say that the service was responsible."],
        ),
    ],
)
def test_a_record_that_lacks_something_is_not_finished(
    actor: Actor, session: Session, fields: dict[str, object], sentences: list[str]
) -> None:
    write(session, **fields)

    with pytest.raises(Refused, match=sentences[0][:20]) as refused:
        finish(actor, session)

    assert str(refused.value) == f"Not finished. {' '.join(sentences)}"
    assert not Outbox.objects.exists()


@pytest.mark.parametrize(("risk", "finished"), [("nothing", False), ("note", False), ("concern", True)])
def test_the_risk_check_says_so_where_a_concern_was_raised(
    actor: Actor, session: Session, risk: str, finished: bool
) -> None:
    factories.concern(session=session)
    write(session, **{**ATTENDED, "risk_check": risk})

    if finished:
        finish(actor, session)
    else:
        with pytest.raises(Refused, match="A concern was raised in this session"):
            finish(actor, session)

    session.refresh_from_db()
    assert session.state == ("attended" if finished else "planned")


@pytest.mark.parametrize(("minutes", "told"), [(-1, False), (0, True), (60, True)])
def test_a_concern_heard_here_may_be_raised_on_the_persons_page(
    actor: Actor, session: Session, minutes: int, told: bool
) -> None:
    raised_at = session.period.lower + timedelta(minutes=minutes)
    concern = factories.concern(session=session, raised_at=raised_at)
    Concern.objects.filter(pk=concern.pk).update(session=None)
    write(session, **{**ATTENDED, "risk_check": "concern"})

    if told:
        finish(actor, session)
    else:
        with pytest.raises(Refused, match="raise it, so that a colleague is told"):
            finish(actor, session)

    session.refresh_from_db()
    assert session.state == ("attended" if told else "planned")


@pytest.mark.parametrize(("minutes", "told"), [(-1, False), (1, True)])
def test_a_concern_of_before_a_session_was_entered_says_nothing_of_it(
    actor: Actor, session: Session, minutes: int, told: bool
) -> None:
    months_ago = session.period.lower - timedelta(days=90)
    span = TimestamptzRange(months_ago, months_ago + timedelta(minutes=90))
    entered = factories.session(episode=session.episode, number=2, period=span)
    entered_at = factories.NOW - timedelta(hours=1)
    factories.entered(session=entered, made_at=entered_at)
    concern = factories.concern(session=entered, raised_at=entered_at + timedelta(minutes=minutes))
    Concern.objects.filter(pk=concern.pk).update(session=None)
    write(entered, **{**ATTENDED, "risk_check": "concern"})

    if told:
        finish(actor, entered)
    else:
        with pytest.raises(Refused, match="raise it, so that a colleague is told"):
            finish(actor, entered)

    entered.refresh_from_db()
    assert entered.state == ("attended" if told else "planned")


def test_a_concern_that_came_up_elsewhere_does_not_change_the_risk_check(
    actor: Actor, session: Session
) -> None:
    concern = factories.concern(session=session, raised_at=session.period.upper)
    Concern.objects.filter(pk=concern.pk).update(session=None)
    write(session, **ATTENDED)

    finish(actor, session)

    session.refresh_from_db()
    assert session.state == "attended"


@pytest.mark.parametrize(("ended", "held", "kept"), [("person", 20, (20, 90)), ("planned", None, None)])
def test_a_session_that_ended_early_is_attended_with_the_minutes_held(
    actor: Actor, session: Session, ended: str, held: int | None, kept: tuple[int, int] | None
) -> None:
    write(session, **ATTENDED, ended=ended, minutes_held=held)

    finish(actor, session)

    session.refresh_from_db()
    assert (session.state, session.cut_short) == ("attended", kept)


def test_somebody_who_came_and_could_not_be_seen_did_not_attend(actor: Actor, session: Session) -> None:
    write(session, attendance="missed", missed_reason="came", whose_reason="person")

    finish(actor, session)

    session.refresh_from_db()
    assert (session.state, session.get_missed_reason_display()) == (
        "missed",
        "Came but was not fit to be seen",
    )


def test_the_database_keeps_no_early_end_without_its_minutes(session: Session) -> None:
    with pytest.raises(IntegrityError, match="an_early_end_has_its_minutes"), transaction.atomic():
        write(session, state="attended", ended="person", recorded_by="kit", recorded_at=factories.NOW)


def test_whether_the_person_attended_is_written_once_the_session_begins(
    actor: Actor, episode: Episode
) -> None:
    ahead = factories.session(episode=episode, number=2)
    record = Record(agenda="The diary", attendance="attended", minutes_late=3, ended="person", minutes_held=9)
    begins = ahead.period.lower

    def save(version: int, at: datetime) -> commands.Saved:
        return commands.save(actor=actor, ref=ahead.ref, record=record, version=version, at=at)

    assert save(1, begins - timedelta(seconds=1)) == commands.Saved(version=2, too_early=True)
    ahead.refresh_from_db()
    assert (ahead.agenda, ahead.attendance, ahead.minutes_late) == ("The diary", "", None)
    assert (ahead.ended, ahead.minutes_held) == ("", None)

    assert save(2, begins) == commands.Saved(version=3)
    ahead.refresh_from_db()
    assert (ahead.attendance, ahead.minutes_late) == ("attended", 3)


def test_who_was_responsible_for_an_absence_is_not_written_before_the_session_begins(
    actor: Actor, episode: Episode
) -> None:
    ahead = factories.session(episode=episode, number=2)
    record = Record(agenda="The diary", whose_reason="person")

    kept = commands.save(actor=actor, ref=ahead.ref, record=record, version=1, at=factories.NOW)

    assert kept == commands.Saved(version=2, too_early=True)
    ahead.refresh_from_db()
    assert (ahead.agenda, ahead.whose_reason) == ("The diary", "")


def test_a_record_of_a_session_ahead_says_nothing_of_attendance() -> None:
    said = {"attendance": "missed", "missed_reason": "ill", "whose_reason": "person", "ended": "person"}

    record = Record(**said, minutes_late=3, minutes_held=9, agenda="The diary", debrief_wanted=True)

    assert record.ahead() == Record(agenda="The diary", debrief_wanted=True)


def test_nobody_attended_or_missed_what_lies_ahead(actor: Actor, episode: Episode) -> None:
    ahead = factories.session(episode=episode, number=2)
    write(ahead, **ATTENDED)

    with pytest.raises(Refused, match="This session has not begun"):
        finish(actor, ahead)

    commands.finish(actor=actor, ref=ahead.ref, version=1, at=ahead.period.lower)
    ahead.refresh_from_db()
    assert ahead.state == "attended"


def test_a_missed_session_keeps_its_reason_and_the_referrer_hears(actor: Actor, session: Session) -> None:
    write(session, attendance="missed", missed_reason="no_word", whose_reason="person")

    finish(actor, session)

    session.refresh_from_db()
    assert (session.state, session.missed_reason, session.recorded_by) == ("missed", "no_word", actor.who)
    assert session.recorded_at == factories.NOW
    assert [one.kind for one in Outbox.objects.all()] == ["progress-notice"]


def test_a_record_changed_since_it_was_read_is_not_finished(actor: Actor, session: Session) -> None:
    write(session, **ATTENDED, version=2)

    with pytest.raises(Changed):
        finish(actor, session, version=1)


def test_a_save_without_a_version_is_stale(actor: Actor, session: Session) -> None:
    with pytest.raises(Changed):
        commands.save(
            actor=actor, ref=session.ref, record=Record(work_done="x"), version=None, at=factories.NOW
        )


def test_every_save_and_every_refusal_leaves_its_event(actor: Actor, session: Session) -> None:
    commands.save(actor=actor, ref=session.ref, record=Record(work_done="x"), version=1, at=factories.NOW)
    with pytest.raises(Refused):
        finish(actor, session, version=2)

    events = AuditEvent.objects.filter(row=f"programme.session:{session.ref}").order_by("pk")
    assert list(events.values_list("action", "allowed", "reason")) == [
        ("programme.record_session", True, ""),
        ("programme.record_session", False, "Refused"),
    ]


def test_every_word_ever_saved_stays_in_the_history(actor: Actor, session: Session) -> None:
    for version, words in zip(itertools.count(1), ("first", "second", "third"), strict=False):
        commands.save(
            actor=actor, ref=session.ref, record=Record(work_done=words), version=version, at=factories.NOW
        )

    history = Session.pgh_event_model.objects.filter(pgh_obj_id=session.pk).order_by("pgh_id")  # type: ignore[attr-defined]  # pghistory adds it

    assert [one.work_done for one in history] == ["", "first", "second", "third"]


def test_of_another_persons_session_nothing_changes(actor: Actor, episode: Episode) -> None:
    elsewhere = factories.session(episode=episode)
    episode.allocations.update(ended_at=factories.NOW)

    with pytest.raises(Exception, match=elsewhere.ref):
        finish(actor, elsewhere)
