"""A finished record is put right in one step: who, when, why; counts follow, and what it said before stays readable."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.leaving.test_put_right import stages
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.keys import sitekeys
from desist.post.models import Outbox
from desist.programme.calendar.late_entries import commands as held
from desist.programme.calendar.planner.commands import Place, TimeTaken, unplanned
from desist.programme.calendar.rescheduling import commands as moves
from desist.programme.concerns.models import Concern
from desist.programme.corrections import commands
from desist.programme.corrections.models import Correction
from desist.programme.corrections.states import Reason
from desist.programme.episodes.models import Episode
from desist.programme.sessions.commands import follow_up, saved
from desist.programme.sessions.models import Session
from desist.programme.sessions.reached import UNCONTACTED
from desist.programme.sessions.records import Record
from desist.programme.sessions.states import FINISHED, TRANSITIONS, Kind, State
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

CAME = Record(attendance="attended", risk_check="nothing", compliance="worked")
STAYED_AWAY = Record(attendance="missed", missed_reason="ill", whose_reason="service")
FORM = {
    "attendance": "missed",
    "missed_reason": "ill",
    "whose_reason": "service",
    "risk_check": "nothing",
    "next_steps": "Ring on Monday",
    "reason": "wrong_answer",
    "reason_words": "The radio button above.",
    "form_version": "1",
    "form_submission": "once",
}


@pytest.fixture
def attended(episode: Episode) -> Session:
    """A finished record that says that Robin came."""
    return factories.attended(
        episode=episode, saved_by="kit", saved_at=factories.NOW, work_done="The drive past"
    )


@pytest.fixture
def missed(episode: Episode) -> Session:
    """A finished record that says that Robin did not come."""
    return factories.missed(episode=episode, saved_by="kit", saved_at=factories.NOW)


def correct(actor: Actor, session: Session, record: Record, **changes: Any) -> None:
    given: dict[str, Any] = {
        "why": commands.Why(Reason.WRONG_ANSWER, ""),
        "version": session.version,
        "submission": "once",
        "at": factories.NOW + timedelta(minutes=5),
    }
    commands.correct(actor=actor, ref=session.ref, record=record, **given | changes)


def told() -> list[str]:
    return list(Outbox.objects.order_by("pk").values_list("kind", flat=True))


def attended_in_all(episode: Episode) -> int:
    return episode.sessions.filter(state="attended").count()


def test_what_may_be_put_right_is_what_the_table_of_states_says() -> None:
    for state in State:
        onward = set(TRANSITIONS[state]) & set(FINISHED)
        assert onward == (set(FINISHED) - {state} if state is not State.CANCELLED else set())


def test_the_page_puts_a_record_right_and_says_who_when_and_why(
    kit_browser: Client, attended: Session, episode: Episode
) -> None:
    drawn = kit_browser.get(f"/corrections/{attended.ref}/correct/")
    answer = kit_browser.post(f"/corrections/{attended.ref}/correct/", FORM)

    attended.refresh_from_db()
    page = text(kit_browser.get(f"/sessions/{attended.ref}/"))
    assert "The drive past" in drawn.content.decode()
    assert (answer.status_code, attended.state, attended.missed_reason) == (302, "missed", "ill")
    assert "by you. The wrong answer was chosen. The radio button above." in page
    assert "No contact has been recorded" in page
    assert (attended.recorded_by, attended.version) == (episode.allocations.get().practitioner.ref, 2)


def test_a_missed_session_that_was_attended_ends_its_clock_and_is_counted(
    actor: Actor, missed: Session, episode: Episode
) -> None:
    assert Session.objects.filter(UNCONTACTED).exists()

    correct(actor, missed, CAME)

    missed.refresh_from_db()
    assert (missed.state, missed.missed_reason, missed.whose_reason) == ("attended", "", "")
    assert not Session.objects.filter(UNCONTACTED).exists()
    assert (attended_in_all(episode), told()) == (1, ["progress-notice"])


def test_an_attended_session_that_was_missed_is_asked_about_from_its_own_day(
    actor: Actor, attended: Session, kit_browser: Client
) -> None:
    later = factories.NOW + timedelta(days=30)

    correct(actor, attended, replace(STAYED_AWAY, compliance="worked", minutes_late=5), at=later)

    attended.refresh_from_db()
    assert (attended.state, attended.compliance, attended.minutes_late) == ("missed", "", None)
    assert Session.objects.filter(UNCONTACTED).exists()
    assert "Contact the person:" in text(kit_browser.get(f"/sessions/{attended.ref}/"))
    assert told() == ["progress-notice"]


def test_lateness_keeps_whose_reason_it_was_and_punctuality_has_none(actor: Actor, attended: Session) -> None:
    correct(actor, attended, replace(CAME, minutes_late=20, whose_reason="service"))
    attended.refresh_from_db()
    assert (attended.minutes_late, attended.whose_reason) == (20, "service")

    correct(actor, attended, replace(CAME, minutes_late=0, whose_reason="service"), submission="again")
    attended.refresh_from_db()
    assert (attended.minutes_late, attended.whose_reason) == (0, "")


def test_a_contact_that_was_noted_meanwhile_stays_readable(
    actor: Actor, missed: Session, kit_browser: Client
) -> None:
    Session.objects.filter(pk=missed.pk).update(
        follow_up="message",
        follow_up_note="Left word at noon",
        tried_on=factories.NOW.date(),
        attempts=1,
        followed_up_by="kit",
        followed_up_at=factories.NOW,
    )

    correct(actor, missed, CAME)

    page = text(kit_browser.get(f"/sessions/{missed.ref}/"))
    assert "Contact noted while the session was recorded as missed" in page
    assert "Left word at noon" in page
    assert "has not been reached yet" not in page
    assert "Record the contact" not in page


def test_nobody_can_note_a_contact_after_a_session_that_was_only_planned(session: Session) -> None:
    with pytest.raises(IntegrityError, match="only_a_finished_session"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(
            follow_up="spoke", tried_on=factories.NOW.date(), attempts=1, followed_up_at=factories.NOW
        )


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (Record(), "Say whether the person attended."),
        (replace(CAME, compliance=""), "Say how the person worked in the session."),
        (Record(attendance="missed"), "Say why the person did not attend."),
        (replace(CAME, risk_check="concern"), "raise it, so that a colleague is told"),
    ],
)
def test_a_record_that_would_lack_something_is_not_put_right(
    actor: Actor, kit_browser: Client, attended: Session, record: Record, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        correct(actor, attended, record)
    refused = kit_browser.post(f"/corrections/{attended.ref}/correct/", {**FORM, "missed_reason": ""})

    assert refused.status_code == 422
    assert "Not saved. Say why the person did not attend." in text(refused)
    attended.refresh_from_db()
    assert (attended.state, saved(attended).work_done, told()) == ("attended", "The drive past", [])


def test_words_that_are_put_right_change_no_count_and_the_referrer_hears_nothing(
    actor: Actor, attended: Session
) -> None:
    correct(actor, attended, replace(CAME, homework_review="A comma, put right"))

    assert (Correction.objects.count(), told()) == (1, [])


def test_a_concern_that_was_raised_stays_raised(actor: Actor, attended: Session) -> None:
    factories.concern(session=attended)

    with pytest.raises(Refused, match="A concern was raised in this session"):
        correct(actor, attended, replace(CAME, risk_check="note"))
    correct(actor, attended, replace(STAYED_AWAY, risk_check="concern"))

    assert attended.concerns.filter(closed_at=None).count() == 1


@pytest.mark.parametrize("state", [state for state in State if state not in FINISHED])
def test_what_has_no_finished_record_is_not_put_right(
    actor: Actor, kit_browser: Client, session: Session, state: State
) -> None:
    Session.objects.filter(pk=session.pk).update(state=state)

    with pytest.raises(Refused, match="has no finished record"):
        correct(actor, session, CAME)
    refused = kit_browser.post(f"/corrections/{session.ref}/correct/", FORM)

    assert refused.status_code == 422
    assert "this session has no finished record" in text(refused)
    assert "Correct this record" not in text(kit_browser.get(f"/sessions/{session.ref}/"))


def test_a_record_that_a_colleague_put_right_first_is_shown_beside_what_was_typed(
    actor: Actor, kit_browser: Client, attended: Session
) -> None:
    with pytest.raises(Changed):
        correct(actor, attended, STAYED_AWAY, version=None)
    correct(actor, attended, replace(CAME, next_steps="Somebody else’s words"), submission="theirs")

    stale = kit_browser.post(f"/corrections/{attended.ref}/correct/", FORM)

    assert stale.status_code == 422
    assert "changed elsewhere" in text(stale)
    assert "Somebody else’s words" in text(stale)
    assert "Ring on Monday" in text(stale)
    attended.refresh_from_db()
    assert attended.state == "attended"


def test_the_same_form_twice_puts_right_once(kit_browser: Client, attended: Session) -> None:
    first, second = (kit_browser.post(f"/corrections/{attended.ref}/correct/", FORM) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert (Correction.objects.count(), told()) == (1, ["progress-notice"])


def test_a_record_that_says_so_already_is_not_put_right(actor: Actor, attended: Session) -> None:
    with pytest.raises(Refused, match="the record already says this"):
        correct(actor, attended, replace(saved(attended), whose_reason="person"))

    assert not Correction.objects.exists()


def test_another_reason_is_said_in_words_and_bad_input_keeps_what_was_typed(
    kit_browser: Client, attended: Session
) -> None:
    wrong = {
        **FORM,
        "reason": "other",
        "reason_words": "",
        "attendance": "attended",
        "minutes_late": "10 min",
    }
    refused = kit_browser.post(f"/corrections/{attended.ref}/correct/", wrong)

    assert refused.status_code == 422
    assert "Say in words what the other reason is" in text(refused)
    assert "10 min" in refused.content.decode()
    assert "Ring on Monday" in text(refused)


def test_nobody_attended_a_session_while_the_practitioner_was_in_another(
    actor: Actor, kit_browser: Client, missed: Session, episode: Episode
) -> None:
    referral = factories.referral(given_names="Alex", family_name="Otherperson")
    elsewhere = factories.episode(referral=referral, practitioner=missed.practitioner)
    factories.attended(episode=elsewhere, period=missed.period)

    with pytest.raises(TimeTaken):
        correct(actor, missed, CAME)
    came = {"attendance": "attended", "compliance": "worked", "missed_reason": ""}
    refused = kit_browser.post(f"/corrections/{missed.ref}/correct/", {**FORM, **came})

    assert refused.status_code == 422
    assert "had another meeting at the time of this session" in text(refused)
    assert "Otherperson" not in text(refused)
    missed.refresh_from_db()
    assert missed.state == "missed"


def test_what_the_record_said_before_stays_in_its_versions_even_within_ten_minutes(
    actor: Actor, kit_browser: Client, attended: Session
) -> None:
    Session.objects.filter(pk=attended.pk).update(saved_by=actor.who)

    correct(actor, attended, STAYED_AWAY, why=commands.Why(Reason.OTHER, "Two Robins that day"))

    listed = kit_browser.get(f"/sessions/{attended.ref}/versions/")
    assert all(f"/versions/{number}/" in listed.content.decode() for number in (1, 2))
    assert "you corrected it. Another reason, given below. Two Robins that day" in text(listed)
    before = text(kit_browser.get(f"/sessions/{attended.ref}/versions/1/"))
    assert "Work done The drive past" in before
    assert "Corrected by" not in before
    after = text(kit_browser.get(f"/sessions/{attended.ref}/versions/2/"))
    assert "Corrected by you" in after
    assert "Attended Before: Yes After: No, did not attend" in after


def test_a_contact_noted_after_a_correction_makes_no_version_of_the_record(
    actor: Actor, kit_browser: Client, attended: Session
) -> None:
    correct(actor, attended, STAYED_AWAY)
    follow_up(
        actor=actor,
        ref=attended.ref,
        outcome="spoke",
        tried_on=factories.NOW.date(),
        note="Well again",
        attempts=0,
        at=factories.NOW + timedelta(minutes=7),
    )

    page = kit_browser.get(f"/sessions/{attended.ref}/versions/")

    assert page.content.decode().count("/versions/2/") == 1


def test_the_timeline_says_that_a_record_was_put_right_and_what_it_said_first(
    actor: Actor, kit_browser: Client, attended: Session, episode: Episode
) -> None:
    correct(actor, attended, STAYED_AWAY, why=commands.Why(Reason.LATER, "In hospital since six"))
    correct(
        actor,
        Session.objects.get(pk=attended.pk),
        replace(STAYED_AWAY, next_steps="Ring"),
        submission="second",
        at=factories.NOW + timedelta(hours=1),
    )

    page = text(kit_browser.get(f"/history/{episode.ref}/"))

    assert "Session record corrected" in page
    assert "Session 1: it came to light later; did not attend, before attended" in page
    assert "Session 1: the wrong answer was chosen " in page
    assert "Session 1 recorded" in page
    assert "Session 1 missed" not in page
    assert "In hospital" not in page


def test_what_was_printed_before_counts_what_was_known_then_and_the_page_says_so(
    actor: Actor, kit_browser: Client, attended: Session, episode: Episode
) -> None:
    certificate = factories.certificate(episode=episode, issued_at=factories.NOW + timedelta(minutes=1))
    factories.signed(episode=episode)
    address = f"/sessions/{attended.ref}/"
    said = f"Certificate of attendance {certificate.number}, issued"
    assert said not in text(kit_browser.get(address))
    assert said in text(kit_browser.get(f"/corrections/{attended.ref}/correct/"))

    correct(actor, attended, STAYED_AWAY, at=factories.NOW + timedelta(days=400))

    assert said in text(kit_browser.get(address))
    assert "Exit report, version 1, signed" in text(kit_browser.get(address))
    assert list(episode.certificates.values_list("days", flat=True)) == [certificate.days]


def test_a_certificate_and_a_report_that_was_handed_on_say_that_they_are_of_before(
    actor: Actor, kit_browser: Client, attended: Session, episode: Episode
) -> None:
    factories.certificate(episode=episode, issued_at=factories.NOW)
    report = factories.offered(episode=episode, offered_at=factories.NOW)
    certificates, handed_on = f"/certificates/of/{episode.ref}/", f"/reports/{report.ref}/"
    assert "as it was known then" not in text(kit_browser.get(certificates))
    assert "has been corrected since" not in text(kit_browser.get(handed_on))

    correct(actor, attended, STAYED_AWAY)

    assert "as it was known then" in text(kit_browser.get(certificates))
    assert "has been corrected since" in text(kit_browser.get(handed_on))


def test_a_correction_before_the_signature_or_of_a_later_session_dates_nothing(
    actor: Actor, kit_browser: Client, episode: Episode
) -> None:
    hours = [factories.NOW + timedelta(hours=hour) for hour in range(5)]
    factories.certificate(episode=episode, issued_at=hours[0])
    later = factories.attended(episode=episode, recorded_at=hours[1])
    correct(actor, later, replace(CAME, next_steps="A comma"), at=hours[3])
    report = factories.signed(episode=episode, offered_at=hours[2], signed_at=hours[4])

    assert "as it was known then" not in text(kit_browser.get(f"/certificates/of/{episode.ref}/"))
    assert "has been corrected since" not in text(kit_browser.get(f"/reports/{report.ref}/"))


def test_a_report_whose_place_a_new_version_took_asks_for_no_other(
    actor: Actor, kit_browser: Client, attended: Session, episode: Episode
) -> None:
    moment = factories.NOW + timedelta(hours=1)
    first = factories.signed(episode=episode)
    correct(actor, attended, STAYED_AWAY, at=moment)
    assert "Exit report, version 1, signed" in text(kit_browser.get(f"/sessions/{attended.ref}/"))

    signed_at = moment + timedelta(hours=1)
    second: dict[str, Any] = {"number": 2, "supersedes": first, "correction": "Stayed away"}
    factories.signed(episode=episode, offered_at=signed_at, signed_at=signed_at, **second)

    assert "Exit report, version 1" not in text(kit_browser.get(f"/sessions/{attended.ref}/"))


def test_words_that_were_begun_before_a_record_was_put_right_are_read_again(
    actor: Actor, kit_browser: Client, attended: Session, episode: Episode
) -> None:
    report = factories.report(episode=episode)
    words = f"/reports/{report.ref}/write/"
    assert "a session record was corrected" not in text(kit_browser.get(words))

    correct(actor, attended, replace(CAME, work_done="Of this person, not of another"))

    assert "a session record was corrected" in text(kit_browser.get(words))


def test_only_whoever_may_record_sessions_puts_them_right_and_the_audit_says_so(
    actor: Actor, signed_in: Callable[..., Client], kit: Account, attended: Session
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    assert manager.get(f"/corrections/{attended.ref}/correct/").status_code == 403
    assert "Correct this record" not in text(manager.get(f"/sessions/{attended.ref}/"))

    correct(actor, attended, STAYED_AWAY)

    events = AuditEvent.objects.filter(action="programme.correct_record", allowed=True)
    assert list(events.values_list("row", flat=True)) == [f"programme.session:{attended.ref}"]


def test_a_session_that_lies_ahead_cannot_be_put_right_to_attended(actor: Actor, episode: Episode) -> None:
    start: datetime = factories.NOW + timedelta(days=1)
    ahead = factories.missed(episode=episode, period=TimestamptzRange(start, start + timedelta(hours=1)))

    with pytest.raises(Refused, match="This session has not begun"):
        correct(actor, ahead, CAME)


def test_ten_corrections_cost_the_page_no_more_statements_than_one(
    actor: Actor, kit_browser: Client, attended: Session
) -> None:
    costs = []
    for number in range(10):
        row = Session.objects.get(pk=attended.pk)
        correct(actor, row, replace(CAME, next_steps=f"Step {number}"), submission=f"form {number}")
        with CaptureQueriesContext(connection) as sent:
            kit_browser.get(f"/sessions/{attended.ref}/")
        costs.append(len(sent))

    assert len(set(costs)) == 1


CONCERN = replace(CAME, risk_check="concern")
ANSWER = commands.Why(Reason.LATER, "Said so on the telephone")


def raised(session: Session, *, minutes: int) -> Concern:
    """A concern raised on the person’s page, so many minutes after the record was saved."""
    concern = factories.concern(session=session, raised_at=factories.NOW + timedelta(minutes=minutes))
    Concern.objects.filter(pk=concern.pk).update(session=None)
    return concern


@pytest.mark.parametrize(
    ("minutes", "named", "told"), [(-1, True, False), (3, False, False), (3, True, True)]
)
def test_a_risk_check_put_right_to_a_concern_names_the_one_that_was_raised_since(
    actor: Actor, attended: Session, minutes: int, named: bool, told: bool
) -> None:
    concern = raised(attended, minutes=minutes)
    why = replace(ANSWER, concern=concern.ref if named else "")

    if told:
        correct(actor, attended, CONCERN, why=why)
    else:
        with pytest.raises(Refused, match="raise it, so that a colleague is told"):
            correct(actor, attended, CONCERN, why=why)

    attended.refresh_from_db()
    assert attended.risk_check == ("concern" if told else "nothing")
    assert [one.concern for one in Correction.objects.all()] == ([concern] if told else [])


def test_the_concern_of_somebody_else_answers_no_risk_check(
    actor: Actor, attended: Session, episode: Episode
) -> None:
    referral = factories.referral(given_names="Alex", family_name="Otherperson")
    elsewhere = factories.episode(referral=referral, practitioner=attended.practitioner)
    theirs = raised(factories.missed(episode=elsewhere), minutes=3)

    with pytest.raises(Refused, match="raise it, so that a colleague is told"):
        correct(actor, attended, CONCERN, why=replace(ANSWER, concern=theirs.ref))


def test_a_record_that_ended_in_a_concern_before_asks_for_no_other(actor: Actor, attended: Session) -> None:
    Session.objects.filter(pk=attended.pk).update(risk_check="concern")

    correct(actor, attended, replace(CONCERN, next_steps="A comma, put right"))

    attended.refresh_from_db()
    assert attended.next_steps == "A comma, put right"


def test_the_page_offers_the_concerns_raised_since_and_keeps_which_it_was(
    kit_browser: Client, attended: Session
) -> None:
    address = f"/corrections/{attended.ref}/correct/"
    assert "which one?" not in text(kit_browser.get(address))
    concern = raised(attended, minutes=3)
    form = {
        **FORM,
        "attendance": "attended",
        "missed_reason": "",
        "compliance": "worked",
        "risk_check": "concern",
    }

    refused = kit_browser.post(address, form)
    kept = kit_browser.post(address, {**form, "concern": concern.ref})

    assert refused.status_code == 422
    assert "raise it, so that a colleague is told" in text(refused)
    assert "which one? Those that were raised on the person’s page since this record was saved" in text(
        refused
    )
    assert "Spoke of waiting outside a workplace" in text(refused)
    assert (kept.status_code, Correction.objects.get().concern) == (302, concern)


WRONG = commands.Why(Reason.WRONG_RECORD, "It was held a day later")


@pytest.mark.parametrize("before", ["attended", "missed"])
def test_a_record_of_another_session_cancels_it_and_frees_its_number(
    actor: Actor, kit_browser: Client, episode: Episode, before: str
) -> None:
    make = factories.attended if before == "attended" else factories.missed
    row = make(episode=episode, saved_by="kit", saved_at=factories.NOW, work_done="The drive past")
    address = f"/corrections/{row.ref}/correct/"
    record = {name: value for name, value in asdict(saved(row)).items() if value}

    answer = kit_browser.post(
        address,
        {**record, "reason": "wrong_record", "form_version": "1", "form_submission": "once"},
        follow=True,
    )

    row.refresh_from_db()
    assert (row.state, row.attendance, row.work_done) == ("cancelled", before, "The drive past")
    assert not Session.objects.filter(UNCONTACTED).exists()
    assert (attended_in_all(episode), told()) == (0, ["progress-notice"])
    assert 1 in unplanned(episode)
    page = text(answer)
    assert "The session is cancelled. If another one was held, enter it." in page
    assert "It was about another person or another session." in page
    assert "Was another session held? Enter that session" in page
    assert f"cancelled, before {'attended' if before == 'attended' else 'did not attend'}" in text(
        kit_browser.get(f"/history/{episode.ref}/")
    )


def test_the_session_that_was_held_is_entered_under_the_same_number(
    actor: Actor, kit_browser: Client, attended: Session, episode: Episode
) -> None:
    correct(actor, attended, saved(attended), why=WRONG)

    held.enter(
        actor=actor,
        ref=episode.ref,
        which=held.EnteredSession(Kind.CORE, 1),
        held=held.HeldMeeting(
            factories.NOW.date() - timedelta(days=1),
            time(14),
            60,
            Place(None, inside=False),
            attended.practitioner.ref,
        ),
        why=moves.Why("service", "unplanned", ""),
        decision="entered",
        at=factories.NOW + timedelta(hours=2),
    )

    assert list(episode.sessions.order_by("pk").values_list("number", "state")) == [
        (1, "cancelled"),
        (1, "planned"),
    ]


def test_a_chain_of_another_person_is_in_no_count(
    actor: Actor, kit_browser: Client, attended: Session, episode: Episode
) -> None:
    factories.chain(session=attended, links=2, behaviour="Drove past the works gate")
    assert "Drove past the works gate" in text(kit_browser.get(f"/chains/of/{episode.ref}/"))

    correct(actor, attended, saved(attended), why=WRONG)

    assert "Drove past the works gate" not in text(kit_browser.get(f"/chains/of/{episode.ref}/"))
    assert "Drove past the works gate" in text(kit_browser.get(f"/sessions/{attended.ref}/"))


def test_a_contact_noted_after_a_session_that_never_was_stays_readable(
    actor: Actor, missed: Session, kit_browser: Client
) -> None:
    day = factories.NOW.date()
    follow_up(
        actor=actor,
        ref=missed.ref,
        outcome="message",
        tried_on=day,
        note="Left word",
        attempts=0,
        at=factories.NOW,
    )

    correct(actor, missed, saved(missed), why=WRONG)

    page = text(kit_browser.get(f"/sessions/{missed.ref}/"))
    assert "Left word" in page
    assert "has not been reached yet" not in page


def test_a_session_that_is_cancelled_keeps_its_record_and_nothing_typed_is_lost(
    actor: Actor, kit_browser: Client, attended: Session
) -> None:
    with pytest.raises(Refused, match="keeps the record it has"):
        correct(actor, attended, replace(saved(attended), risk_check="concern"), why=WRONG)
    refused = kit_browser.post(
        f"/corrections/{attended.ref}/correct/", {**FORM, "reason": "wrong_record", "work_done": "Of Sam"}
    )

    assert refused.status_code == 422
    assert "Undo what you changed in it, or choose another reason" in text(refused)
    assert "Of Sam" in text(refused)
    attended.refresh_from_db()
    assert (attended.state, told()) == ("attended", [])


def test_what_named_a_cancelled_session_is_listed_and_the_record_is_finished_with(
    actor: Actor, kit_browser: Client, attended: Session, episode: Episode
) -> None:
    factories.certificate(episode=episode, issued_at=factories.NOW + timedelta(minutes=1))

    correct(actor, attended, saved(attended), why=WRONG)

    assert "Certificate of attendance 1, issued" in text(kit_browser.get(f"/sessions/{attended.ref}/"))
    assert "as it was known then" in text(kit_browser.get(f"/certificates/of/{episode.ref}/"))
    late = kit_browser.post(f"/sessions/{attended.ref}/record/", {"form_version": "2", "work_done": "More"})
    assert "Not saved: this session was cancelled" in text(late)
    with pytest.raises(Refused, match="has no finished record"):
        correct(actor, Session.objects.get(pk=attended.pk), CAME, submission="again")


def test_how_it_ended_is_put_right_with_the_minutes_held(actor: Actor, attended: Session) -> None:
    with pytest.raises(Refused, match="Say how many minutes were held, fewer than planned"):
        correct(actor, attended, replace(CAME, ended="person"))
    correct(actor, attended, replace(CAME, ended="person", minutes_held=20))
    attended.refresh_from_db()
    assert attended.cut_short == (20, 90)

    correct(actor, attended, replace(CAME, ended="planned", minutes_held=20), submission="again")
    attended.refresh_from_db()
    assert (attended.ended, attended.minutes_held) == ("planned", None)

    correct(actor, attended, replace(STAYED_AWAY, ended="person", minutes_held=20), submission="third")
    attended.refresh_from_db()
    assert (attended.ended, attended.minutes_held) == ("", None)


def test_the_session_that_was_held_is_entered_also_after_the_programme_ended(
    actor: Actor, kit_browser: Client, attended: Session, episode: Episode
) -> None:
    Episode.objects.filter(pk=episode.pk).update(state="completed", ended_at=factories.NOW)
    correct(actor, attended, saved(attended), why=WRONG)
    the_day_before = factories.NOW.date() - timedelta(days=1)
    form = {
        "which": "core-1",
        "day-day": the_day_before.day,
        "day-month": the_day_before.month,
        "day-year": the_day_before.year,
        "at": "2pm",
        "minutes": "60",
        "practitioner": attended.practitioner.ref,
        "room": "remote",
        "why": "unplanned",
        "form_submission": "entered",
    }

    answer = kit_browser.post(f"/late-entries/{episode.ref}/enter/", form)

    assert answer.status_code == 302
    assert episode.sessions.filter(number=1, state="planned").exists()


def test_whose_one_session_was_of_somebody_else_has_not_begun(
    actor: Actor, episode: Episode, police_keys: sitekeys.SiteKeys
) -> None:
    attended = factories.attended(episode=episode, saved_by="kit", saved_at=factories.NOW)
    factories.entered(session=attended)

    correct(actor, attended, saved(attended), why=WRONG)

    episode.refresh_from_db()
    assert episode.state == "allocated"
    assert stages(police_keys) == ["allocated"]


def test_whose_sessions_are_planned_has_begun_whatever_was_entered_by_mistake(
    actor: Actor, episode: Episode
) -> None:
    attended = factories.attended(episode=episode, saved_by="kit", saved_at=factories.NOW)
    factories.entered(session=attended)
    factories.session(episode=episode, number=2)

    correct(actor, attended, saved(attended), why=WRONG)

    episode.refresh_from_db()
    assert episode.state == "in_sessions"


def test_a_concern_raised_before_another_correction_is_not_raised_twice(
    actor: Actor, attended: Session
) -> None:
    concern = raised(attended, minutes=3)
    correct(actor, attended, replace(saved(attended), next_steps="Ring on Monday"))
    attended.refresh_from_db()

    correct(
        actor,
        attended,
        replace(saved(attended), risk_check="concern"),
        why=replace(ANSWER, concern=concern.ref),
        submission="again",
        at=factories.NOW + timedelta(minutes=9),
    )

    assert list(Correction.objects.order_by("pk").values_list("concern", flat=True)) == [None, concern.pk]
