"""Who else is there: asked where the referral asks for it, never in two places at once, and in their own To do."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from psycopg.errors import ExclusionViolation
from psycopg.types.range import DateRange, TimestamptzRange
from tests.programme import factories
from tests.programme.reading import button, text

from desist import working_days
from desist.accounts.models import Account
from desist.programme.assessments.models import Assessment
from desist.programme.calendar.attendees import commands
from desist.programme.calendar.attendees.commands import AttendanceNeeds, Attendees
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal, states
from desist.programme.calendar.rescheduling import commands as moves
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.service.allocation import commands as allocation
from desist.programme.service.feeds import queries as feeds
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.ui.dates import LONDON
from desist.ui.words import WordsFound
from desist.wall import actors
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion

pytestmark = pytest.mark.django_db

ASKS = "The referral says not to see this person alone"
INTERPRETS = "The referral says that an interpreter is needed"


def working(days: int) -> date:
    """A working day at least so many days from now."""
    day = timezone.localdate() + timedelta(days=days)
    while not working_days.is_working(day):
        day += timedelta(days=1)
    return day


DAY = working(20)
START = datetime.combine(DAY, time(14), LONDON)
THEN = TimestamptzRange(START, START + timedelta(minutes=90))


@pytest.fixture
def noor(db: None) -> Practitioner:
    """Someone who could be there as well."""
    return factories.practitioner(account=factories.account(name="Noor Hale"))


@pytest.fixture
def not_alone(episode: Episode) -> Referral:
    """Robin, who is not to be seen alone."""
    episode.referral.risk_kinds = ["weapons", "alone"]
    episode.referral.save()
    return episode.referral


def when(day: date = DAY, **names: str) -> dict[str, str]:
    """A day as forms take it, by the field's name."""
    name = names.get("name", "day")
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def appoint(browser: Client, episode: Episode, **fields: str) -> Any:
    form = {**when(), "time": "2pm", "minutes": "90", "room": "video", **fields}
    return browser.post(f"/assessments/of/{episode.ref}/appoint/", form)


def add(browser: Client, episode: Episode, **fields: str) -> Any:
    why = {"what": "pivot", "asked_by": "person", "why": "work", "form_submission": "decision"}
    form = {**when(), "at": "2pm", "minutes": "60", "room": "remote", **why, **fields}
    return browser.post(f"/rescheduling/{episode.ref}/add/", form)


def plan(browser: Client, episode: Episode, **fields: str) -> Any:
    form = {**when(name="first"), "at": "2pm", "room": "remote", "form_version": "1", **fields}
    shown = browser.post(f"/planner/{episode.ref}/plan/", form)
    if shown.status_code == 422:
        return shown
    return browser.post(f"/planner/{episode.ref}/plan/", {**form, "confirm": button(shown, "confirm")})


def move(browser: Client, session: Session, **fields: str) -> Any:
    why = {
        "asked_by": "person",
        "why": "work",
        "form_version": str(session.version),
        "form_submission": "move",
    }
    form = {"scope": "one", **when(), "at": "3pm", "room": "remote", **why, **fields}
    shown = browser.post(f"/rescheduling/{session.ref}/move/", form)
    if shown.status_code == 422:
        return shown
    return browser.post(f"/rescheduling/{session.ref}/move/", {**form, "confirm": button(shown, "confirm")})


MAKE: dict[str, Callable[..., Any]] = {"appoint": appoint, "add": add, "plan": plan}


def made() -> list[tuple[Practitioner | None, str, bool]]:
    """Who else is in every meeting."""
    rows: list[Session | Assessment] = [*Session.objects.all(), *Assessment.objects.all()]
    return list(dict.fromkeys((one.second, one.others, one.alone) for one in rows))


@pytest.mark.parametrize("how", MAKE)
def test_who_is_not_to_be_seen_alone_is_met_by_two_or_with_an_answer(
    kit_browser: Client, episode: Episode, not_alone: Referral, noor: Practitioner, how: str
) -> None:
    room = factories.room().ref

    silent = MAKE[how](kit_browser, episode, room=room)
    answered = MAKE[how](kit_browser, episode, room=room, second=noor.ref)

    assert (silent.status_code, answered.status_code) == (422, 302)
    assert ASKS in text(silent)
    assert made() == [(noor, "", False)]


@pytest.mark.parametrize("how", MAKE)
def test_that_nobody_else_will_be_there_can_be_said_and_is_kept(
    kit_browser: Client, episode: Episode, not_alone: Referral, how: str
) -> None:
    assert MAKE[how](kit_browser, episode, room=factories.room().ref, alone="on").status_code == 302
    assert made() == [(None, "", True)]


@pytest.mark.parametrize("how", MAKE)
def test_an_interpreter_is_named_or_said_not_to_be_needed(
    kit_browser: Client, episode: Episode, how: str
) -> None:
    Referral.objects.update(need_kinds=["interpreter"])

    silent = MAKE[how](kit_browser, episode)
    named = MAKE[how](kit_browser, episode, others="A Welsh interpreter")

    assert (silent.status_code, named.status_code) == (422, 302)
    assert INTERPRETS in text(silent)
    assert made() == [(None, "A Welsh interpreter", False)]


@pytest.mark.parametrize("how", MAKE)
def test_where_the_referral_asks_for_nobody_nothing_has_to_be_said(
    kit_browser: Client, episode: Episode, how: str
) -> None:
    assert MAKE[how](kit_browser, episode).status_code == 302
    assert made() == [(None, "", False)]


@pytest.mark.parametrize("how", MAKE)
def test_words_that_lead_to_somebody_are_refused_and_stay_in_the_form(
    kit_browser: Client, episode: Episode, how: str
) -> None:
    answer = MAKE[how](kit_browser, episode, others="Ring 01632 960 123 first")

    assert answer.status_code == 422
    assert "“01632 960 123” looks like a telephone number. Reword it" in text(answer)
    assert 'value="Ring 01632 960 123 first"' in answer.content.decode()
    assert made() == []


WHAT, ROLES = ("session", "assessment"), ("holds", "second")

BOTH = AttendanceNeeds(not_alone=True, interpreter=True)
ALONE, INTERPRETER = (
    AttendanceNeeds(not_alone=True, interpreter=False),
    AttendanceNeeds(not_alone=False, interpreter=True),
)


@pytest.mark.parametrize(
    ("asks", "company", "somewhere", "lacks"),
    [
        (BOTH, Attendees(), True, {"second", "others"}),
        (BOTH, Attendees(others="An interpreter"), True, {"second"}),  # who interprets is no second
        (BOTH, Attendees(second="noor"), True, {"others"}),
        (BOTH, Attendees(second="noor", others="An interpreter"), True, set()),
        (ALONE, Attendees(), False, set()),  # by video
        (ALONE, Attendees(others="A police officer"), True, set()),
        (INTERPRETER, Attendees(), False, {"others"}),
        (BOTH, Attendees(alone=True), True, set()),
        (BOTH, Attendees(second="noor", alone=True), True, {"alone"}),
        (BOTH, Attendees(others="An interpreter", alone=True), True, {"alone"}),
    ],
)
def test_what_is_still_to_be_said(
    asks: AttendanceNeeds, company: Attendees, somewhere: bool, lacks: set[str]
) -> None:
    assert set(commands.lacking(asks, company, somewhere=somewhere)) == lacks


@pytest.mark.parametrize(
    ("company", "sentence"),
    [
        (Attendees(), ASKS),
        (Attendees(second="nobody"), "not on the register"),
    ],
)
def test_a_command_too_asks_who_else_is_there(
    episode: Episode, not_alone: Referral, actor: Actor, company: Attendees, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        commands.settled(episode, company, holder=None, somewhere=True, actor=actor, at=timezone.now())


def test_a_command_too_keeps_no_words_that_nobody_answered_for(
    episode: Episode, not_alone: Referral, actor: Actor
) -> None:
    company = Attendees(second="noor", others="12 Mill Lane")

    with pytest.raises(WordsFound):
        commands.settled(episode, company, holder=None, somewhere=True, actor=actor, at=timezone.now())


def test_whoever_holds_the_meeting_is_no_second(
    actor: Actor, signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))

    answer = add(manager, episode, second=practitioner.ref)

    assert (answer.status_code, made()) == (422, [])
    assert practitioner.ref not in manager.get(f"/rescheduling/{episode.ref}/add/").content.decode()
    with pytest.raises(Refused, match="Kit Marlow holds the meeting"):
        commands.settled(
            episode,
            Attendees(second=practitioner.ref),
            holder=practitioner,
            somewhere=True,
            actor=actor,
            at=timezone.now(),
        )


def test_who_is_kept_from_the_person_is_neither_offered_nor_taken(
    kit_browser: Client, episode: Episode, noor: Practitioner, actor: Actor
) -> None:
    Exclusion.objects.create(
        case=episode.referral.ref,
        account=noor.ref,
        allowed=False,
        reason="x",
        made_by="carol",
        made_at=timezone.now(),
    )

    answer = add(kit_browser, episode, second=noor.ref)

    assert "Noor Hale" not in text(answer)
    assert answer.status_code == 422
    with pytest.raises(Refused, match="has declared a conflict"):
        commands.settled(
            episode, Attendees(noor.ref), holder=None, somewhere=True, actor=actor, at=timezone.now()
        )


def elsewhere(noor: Practitioner, **fields: Any) -> Episode:
    """Someone with whom Noor works."""
    return factories.episode(referral=factories.referral(given_names="Sam"), practitioner=noor, **fields)


@pytest.mark.parametrize("what", ["session", "assessment", "second", "leave"])
def test_the_second_is_asked_for_time_as_whoever_holds_it(
    kit_browser: Client, episode: Episode, noor: Practitioner, what: str
) -> None:
    sam = elsewhere(noor)
    if what == "session":
        factories.session(episode=sam, period=THEN)
    elif what == "assessment":
        factories.assessment(episode=sam, period=THEN)
    elif what == "leave":
        factories.leave(practitioner=noor, days=DateRange(DAY, DAY + timedelta(days=1)))
    else:
        ash = factories.practitioner(account=factories.account(name="Ash Vale"))
        factories.session(episode=elsewhere(ash), period=THEN, second=noor)

    answer = appoint(kit_browser, episode, second=noor.ref)

    assert answer.status_code == 422
    assert "Noor Hale" in text(answer).partition("No assessment can be")[2][:120]


def test_whoever_is_the_second_elsewhere_holds_no_session_then(
    kit_browser: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    factories.assessment(episode=elsewhere(noor), period=THEN, second=practitioner)

    answer = add(kit_browser, episode)

    assert "Kit Marlow has an assessment then" in text(answer)


@pytest.mark.parametrize("what", [(one, two) for one in WHAT for two in WHAT])
@pytest.mark.parametrize("role", [(one, two) for one in ROLES for two in ROLES])
def test_the_database_keeps_nobody_in_two_meetings_at_once(
    episode: Episode, noor: Practitioner, what: tuple[str, str], role: tuple[str, str]
) -> None:
    ash = factories.practitioner(account=factories.account(name="Ash Vale"))
    make: dict[str, Callable[..., Any]] = {"session": factories.session, "assessment": factories.assessment}

    def book(kind: str, whose: Episode, as_what: str, beside: Practitioner) -> None:
        fields = {"practitioner": noor} if as_what == "holds" else {"practitioner": beside, "second": noor}
        make[kind](episode=whose, period=THEN, **fields)

    book(what[0], episode, role[0], ash)
    ola = factories.practitioner(account=factories.account(name="Ola Reed"))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        book(what[1], elsewhere(ola), role[1], ola)
    assert isinstance(refused.value.__cause__, ExclusionViolation)


def test_the_database_keeps_the_second_apart_from_whoever_holds_it_and_alone_alone(
    episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    for make in (factories.session, factories.assessment):
        for wrong in (
            {"second": practitioner},
            {"alone": True, "others": "x"},
            {"alone": True, "second": noor},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                make(episode=episode, period=THEN, **wrong)


def test_a_move_keeps_who_else_is_there_and_can_change_it(
    kit_browser: Client, episode: Episode, not_alone: Referral, noor: Practitioner
) -> None:
    room = factories.room().ref
    row = factories.session(episode=episode, period=THEN, second=noor, others="A Welsh interpreter")

    page = kit_browser.get(f"/rescheduling/{row.ref}/move/").content.decode()
    silent = move(kit_browser, row, room=room)
    moved = move(kit_browser, row, room=room, alone="on")

    assert f'<option value="{noor.ref}" selected>' in page
    assert 'value="A Welsh interpreter"' in page
    assert ASKS in text(silent)
    assert (moved.status_code, made()) == (302, [(None, "", True)])


def test_whoever_is_there_falls_out_of_no_form_in_silence(
    kit_browser: Client, signed_in: Callable[..., Client], episode: Episode, noor: Practitioner
) -> None:
    row = factories.session(episode=episode, period=THEN, second=noor)
    today = timezone.localdate()
    days = DateRange(today, today + timedelta(days=9))
    factories.leave(practitioner=row.practitioner, cover=noor, days=days)
    allocation.stand_in(actor=actors.clock(), at=timezone.now())
    covering = signed_in(account=Account.objects.get(ref=noor.ref))
    own = covering.get(f"/rescheduling/{row.ref}/move/").content.decode()

    Practitioner.objects.filter(pk=noor.pk).update(registration="")
    page = kit_browser.get(f"/rescheduling/{row.ref}/move/").content.decode()
    moved = move(kit_browser, row, second=noor.ref, practitioner=row.practitioner.ref)

    assert f'<option value="{noor.ref}" selected>' in own
    assert f'<option value="{noor.ref}" selected>' in page
    assert "Noor Hale has no registration on record" in text(moved)


def test_sessions_that_are_moved_one_past_the_other_take_their_second_along(
    kit_browser: Client, episode: Episode, noor: Practitioner
) -> None:
    for number in range(1, 4):
        start = START + timedelta(weeks=number - 1)
        period = TimestamptzRange(start, start + timedelta(minutes=90))
        factories.session(episode=episode, number=number, period=period, second=noor)
    first, later = Session.objects.get(number=1), working(27)

    answer = move(kit_browser, first, scope="later", at="2pm", second=noor.ref, **when(later))

    assert answer.status_code == 302
    assert {one.second for one in Session.objects.all()} == {noor}
    assert Session.objects.get(number=1).period.lower == datetime.combine(later, time(14), LONDON)


def confirmed(session: Session, target: moves.Target, actor: Actor) -> None:
    found = moves.propose(moving=[session], target=target, at=timezone.now())
    moves.move(
        actor=actor,
        ref=session.ref,
        target=target,
        why=moves.Why("person", "work", ""),
        seen=proposal.fingerprint(found),
        version=session.version,
        decision="decision",
        at=timezone.now(),
    )
    session.refresh_from_db()


@pytest.mark.parametrize("to", ["Kit Marlow", "Noor Hale"])
def test_a_move_that_says_nothing_of_others_leaves_them_and_nobody_is_there_twice(
    episode: Episode, practitioner: Practitioner, noor: Practitioner, actor: Actor, to: str
) -> None:
    row = factories.session(episode=episode, period=THEN, second=noor, others="A Welsh interpreter")
    factories.leave(
        practitioner=practitioner,
        cover=noor,
        days=DateRange(DAY + timedelta(days=60), DAY + timedelta(days=61)),
    )
    by = Practitioner.objects.get(name=to).ref

    confirmed(row, moves.Target(states.Scope.ONE, DAY, time(15), None, planner.Place(None), by), actor)

    kept = noor if to == "Kit Marlow" else None
    assert (row.practitioner.name, row.second, row.others) == (to, kept, "A Welsh interpreter")


def test_an_appointment_is_moved_with_who_else_is_there(
    kit_browser: Client, episode: Episode, noor: Practitioner
) -> None:
    row = factories.assessment(episode=episode, period=THEN, second=noor, others="A Welsh interpreter")

    page = kit_browser.get(f"/assessments/{row.ref}/move/").content.decode()
    form = {
        **when(),
        "time": "4pm",
        "minutes": "60",
        "room": "video",
        "form_version": "1",
        "others": "Nobody yet",
    }
    answer = kit_browser.post(f"/assessments/{row.ref}/move/", form)

    assert f'<option value="{noor.ref}" selected>' in page
    assert (answer.status_code, made()) == (302, [(None, "Nobody yet", False)])


@pytest.mark.parametrize("make", [factories.session, factories.assessment])
def test_a_person_is_given_to_whoever_was_the_second_and_the_meeting_goes_along(
    signed_in: Callable[..., Client],
    episode: Episode,
    noor: Practitioner,
    actor: Actor,
    make: Callable[..., Any],
) -> None:
    row = make(episode=episode, period=THEN, second=noor)
    boss = Actor(who="carol", role=Role.MANAGER, area=actor.area, correlation=actor.correlation)

    left = allocation.allocate(
        actor=boss,
        ref=episode.ref,
        chosen=allocation.Chosen(noor.ref, ended="capacity", at_once=True),
        version=1,
        submission="given",
        at=timezone.now(),
    )

    row.refresh_from_db()
    assert (left.sessions, left.assessments) == (0, ())
    assert (row.practitioner, row.second) == (noor, None)


@pytest.mark.parametrize("make", [factories.session, factories.assessment])
def test_a_meeting_does_not_go_to_somebody_who_is_the_second_elsewhere_then(
    episode: Episode, noor: Practitioner, actor: Actor, make: Callable[..., Any]
) -> None:
    ash = factories.practitioner(account=factories.account(name="Ash Vale"))
    make(episode=elsewhere(ash), period=THEN, second=noor)
    row = factories.session(episode=episode, period=THEN)
    boss = Actor(who="carol", role=Role.MANAGER, area=actor.area, correlation=actor.correlation)

    left = allocation.allocate(
        actor=boss,
        ref=episode.ref,
        chosen=allocation.Chosen(noor.ref, ended="capacity", at_once=True),
        version=1,
        submission="given",
        at=timezone.now(),
    )

    row.refresh_from_db()
    assert (left.sessions, row.practitioner.name) == (1, "Kit Marlow")


def today(minutes: int = 1) -> TimestamptzRange:
    """Now, so that it is today whatever the hour."""
    now = timezone.now()
    return TimestamptzRange(now, now + timedelta(minutes=minutes))


def test_the_second_finds_it_on_their_own_day_with_whom_and_leads_to_no_record(
    signed_in: Callable[..., Client], episode: Episode, not_alone: Referral, noor: Practitioner
) -> None:
    row = factories.session(episode=episode, period=today(), second=noor)
    browser = signed_in(account=Account.objects.get(ref=noor.ref))

    page = browser.get("/")

    assert "Robin Example Session 1 Remote Do not see alone With Kit Marlow" in text(page)
    assert row.ref not in page.content.decode()
    assert browser.get(f"/sessions/{row.ref}/prepare/").status_code == 404


def test_an_assessment_that_nobody_holds_says_so_to_its_second(
    signed_in: Callable[..., Client], episode: Episode, noor: Practitioner
) -> None:
    factories.assessment(episode=episode, period=today(), practitioner=None, second=noor)

    page = text(signed_in(account=Account.objects.get(ref=noor.ref)).get("/"))

    assert "Assessment By video With nobody yet" in page


def test_who_is_kept_from_a_person_since_sees_no_meeting_with_them(
    signed_in: Callable[..., Client], episode: Episode, noor: Practitioner
) -> None:
    factories.session(episode=episode, period=today(), second=noor)
    Exclusion.objects.create(
        case=episode.referral.ref,
        account=noor.ref,
        allowed=False,
        reason="x",
        made_by="carol",
        made_at=timezone.now(),
    )

    assert "Robin" not in text(signed_in(account=Account.objects.get(ref=noor.ref)).get("/"))


def test_whoever_works_with_the_person_finds_it_once_and_reads_who_else_comes(
    signed_in: Callable[..., Client],
    kit_browser: Client,
    episode: Episode,
    practitioner: Practitioner,
    noor: Practitioner,
) -> None:
    row = factories.session(
        episode=episode, period=today(), practitioner=noor, second=practitioner, others="A Welsh interpreter"
    )

    day = text(kit_browser.get("/"))
    prepared = text(kit_browser.get(f"/sessions/{row.ref}/prepare/"))
    planned = text(kit_browser.get(f"/planner/{episode.ref}/"))

    assert day.count("A Welsh interpreter") == 1
    for page in (day, prepared, planned):
        assert "Kit Marlow, A Welsh interpreter" in page


def test_the_page_of_an_assessment_says_who_else_is_there(
    kit_browser: Client, episode: Episode, noor: Practitioner
) -> None:
    row = factories.assessment(episode=episode, second=noor)
    before = text(kit_browser.get(f"/assessments/{row.ref}/"))
    Assessment.objects.update(second=None, alone=True)
    after = text(kit_browser.get(f"/assessments/{row.ref}/"))

    assert "Who else is there Noor Hale" in before
    assert "Who else is there Nobody else, although the referral asks for someone" in after


def test_the_calendar_of_the_second_is_busy_then(episode: Episode, noor: Practitioner) -> None:
    row = factories.session(episode=episode, period=THEN, second=noor)
    owner = Actor(who=noor.ref, role=Role.PRACTITIONER, area=episode.area, correlation=None)  # type: ignore[arg-type]  # no request

    assert [one.start for one in feeds.entries(owner=owner, at=timezone.now())] == [row.period.lower]


def test_a_second_who_is_away_makes_the_meeting_one_to_be_moved(
    signed_in: Callable[..., Client], kit_browser: Client, episode: Episode, noor: Practitioner
) -> None:
    factories.session(episode=episode, period=THEN, second=noor)
    factories.leave(practitioner=noor, days=DateRange(DAY, DAY + timedelta(days=1)))

    assert "cannot be held as planned: Noor Hale is away then" in text(kit_browser.get("/"))
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    assert "Noor Hale. Nobody is covering" in text(manager.get("/leave/"))
