"""Supervision: how often by whom, what is overdue, what the record says to whom, and debriefs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner, SupervisionArrangement
from desist.programme.sessions.models import Session
from desist.programme.supervision import commands, queries
from desist.programme.supervision.models import Debrief, Supervision
from desist.programme.team import commands as team
from desist.refusals import Changed, Refused
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion

pytestmark = pytest.mark.django_db

NOW = factories.NOW
HELD = commands.Held(form="alone", minutes=60, topics=("risk", "strain"), cases=(), agreed="Read the chapter")


@pytest.fixture
def sol(db: None) -> Account:
    """Sol supervises in the area."""
    account = factories.account(name="Sol Arden")
    factories.grant(account=account, role=Role.SUPERVISOR)
    return account


@pytest.fixture
def practitioner(kit: Account) -> Practitioner:
    """Kit, whose supervision nobody has arranged."""
    return factories.practitioner(account=kit, supervised=False)


@pytest.fixture
def supervisor(sol: Account, actor: Actor) -> Actor:
    return Actor(who=sol.ref, role=Role.SUPERVISOR, area=actor.area, correlation=actor.correlation)


@pytest.fixture
def manager(actor: Actor) -> Actor:
    return Actor(who="carol", role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


@pytest.fixture
def sol_browser(sol: Account) -> Client:
    return staff.browser(account=sol, role=Role.SUPERVISOR)


def arrange(actor: Actor, practitioner: Practitioner, sol: Account, **fields: Any) -> None:
    defaults: dict[str, Any] = {
        "supervisor": sol.ref,
        "every_weeks": 4,
        "begins_on": NOW.date(),
        "at": NOW,
    }
    commands.arrange(actor=actor, practitioner=practitioner.ref, **defaults | fields)


def current(practitioner: Practitioner) -> SupervisionArrangement:
    return practitioner.arrangements.get(ended_at=None)


def test_the_board_says_how_many_each_supervisor_supervises(
    manager: Actor, practitioner: Practitioner, sol: Account, sol_browser: Client
) -> None:
    arrange(manager, practitioner, sol)

    page = sol_browser.get("/supervision/").content.decode()

    assert "Sol Arden supervises 1 practitioner." in page


def test_the_first_one_is_due_so_many_weeks_after_the_beginning(
    manager: Actor, practitioner: Practitioner, sol: Account
) -> None:
    arrange(manager, practitioner, sol)

    assert current(practitioner).due_on == NOW.date() + timedelta(weeks=4)


def test_a_new_arrangement_ends_the_one_before_and_keeps_it(
    manager: Actor, practitioner: Practitioner, sol: Account
) -> None:
    arrange(manager, practitioner, sol)
    arrange(manager, practitioner, sol, every_weeks=2, at=NOW + timedelta(days=1))

    assert practitioner.arrangements.count() == 2
    assert current(practitioner).every_weeks == 2


def test_without_supervision_nobody_is_allocated_to_somebody(
    manager: Actor, practitioner: Practitioner, sol: Account, episode: Episode
) -> None:
    def obstacles() -> tuple[str, ...]:
        rows = Practitioner.objects.filter(ref=practitioner.ref)
        return team.checked(rows, episode.referral, actor=manager, at=NOW)[0][1]

    before = obstacles()
    arrange(manager, practitioner, sol)
    during = obstacles()
    commands.end_arrangement(actor=manager, practitioner=practitioner.ref, at=NOW)

    assert before == obstacles() == ("Kit Marlow has no supervision in place.",)
    assert during == ()


def test_only_somebody_with_a_supervisors_role_here_supervises(
    manager: Actor, practitioner: Practitioner, sol: Account, kit: Account
) -> None:
    elsewhere = factories.account(name="Far Away")
    factories.grant(account=elsewhere, role=Role.SUPERVISOR, area=staff.ELSEWHERE)

    with pytest.raises(Refused):
        arrange(manager, practitioner, sol, supervisor=elsewhere.ref)
    with pytest.raises(Refused):
        arrange(manager, practitioner, sol, supervisor=kit.ref)
    assert not SupervisionArrangement.objects.exists()


def test_a_held_supervision_moves_the_day_on_and_a_cancelled_one_does_not(
    manager: Actor, supervisor: Actor, practitioner: Practitioner, sol: Account
) -> None:
    arrange(manager, practitioner, sol)
    later = NOW + timedelta(weeks=3)
    held = factories.supervision(practitioner=practitioner, supervisor=sol.ref, starts_at=later)
    dropped = factories.supervision(practitioner=practitioner, supervisor=sol.ref, starts_at=later)

    commands.cancel(actor=supervisor, ref=dropped.ref, reason="Ill", version=1, at=later)
    after_cancelling = current(practitioner).due_on
    commands.record(actor=supervisor, ref=held.ref, held=HELD, version=1, at=later)

    assert after_cancelling == NOW.date() + timedelta(weeks=4)
    assert current(practitioner).due_on == later.date() + timedelta(weeks=4)


def test_recording_without_an_arrangement_moves_no_day(
    supervisor: Actor, practitioner: Practitioner, sol: Account
) -> None:
    held = factories.supervision(practitioner=practitioner, supervisor=sol.ref)

    commands.record(actor=supervisor, ref=held.ref, held=HELD, version=1, at=NOW)

    assert not practitioner.arrangements.exists()


def test_what_is_over_is_not_recorded_again_and_what_lies_ahead_not_yet(
    supervisor: Actor, practitioner: Practitioner, sol: Account
) -> None:
    row = factories.supervision(practitioner=practitioner, supervisor=sol.ref)
    ahead = factories.supervision(
        practitioner=practitioner, supervisor=sol.ref, starts_at=NOW + timedelta(days=1)
    )
    for _ in range(2):  # a double click
        commands.record(actor=supervisor, ref=row.ref, held=HELD, version=1, at=NOW)

    with pytest.raises(Changed):
        commands.record(actor=supervisor, ref=row.ref, held=replace(HELD, minutes=30), version=2, at=NOW)
    with pytest.raises(Changed):
        commands.cancel(actor=supervisor, ref=ahead.ref, reason="Ill", version=7, at=NOW)
    with pytest.raises(Refused):
        commands.record(actor=supervisor, ref=ahead.ref, held=HELD, version=1, at=NOW)


def test_a_double_click_plans_one(supervisor: Actor, practitioner: Practitioner) -> None:
    refs = {
        commands.plan(
            actor=supervisor, practitioner=practitioner.ref, starts_at=NOW, submission="one", at=NOW
        )
        for _ in range(2)
    }

    assert len(refs) == Supervision.objects.count() == 1


def test_cases_are_links_of_the_practitioners_own_people_alone(
    supervisor: Actor, practitioner: Practitioner, sol: Account, episode: Episode
) -> None:
    others = factories.episode(referral=factories.referral())
    kept_away = factories.episode(referral=factories.referral(), practitioner=practitioner)
    Exclusion.objects.create(
        case=kept_away.referral.ref,
        account=sol.ref,
        allowed=False,
        reason="a friend",
        made_by="carol",
        made_at=NOW,
    )
    row = factories.supervision(practitioner=practitioner, supervisor=sol.ref)
    named = (episode.ref, others.ref, kept_away.ref, "nobody")

    held = commands.Held("group", 90, ("risk",), named, "")
    commands.record(actor=supervisor, ref=row.ref, held=held, version=1, at=NOW)

    assert list(row.cases.values_list("episode__ref", flat=True)) == [episode.ref]
    with pytest.raises(ProtectedError):
        episode.supervisions.get().supervision.delete()


def test_the_record_is_between_the_two(
    manager: Actor, supervisor: Actor, actor: Actor, practitioner: Practitioner, episode: Episode
) -> None:
    row = factories.supervision(practitioner=practitioner, supervisor=supervisor.who)
    held = commands.Held("alone", 60, ("strain",), (episode.ref,), "Takes a week off")
    commands.record(actor=supervisor, ref=row.ref, held=held, version=1, at=NOW)

    def read(who: Actor) -> queries.Meeting:
        return queries.page(actor=who, ref=practitioner.ref, at=NOW).meetings[0]

    for reader in (supervisor, actor):
        assert (read(reader).agreed, read(reader).topics) == (
            "Takes a week off",
            ("Strain, and looking after oneself",),
        )
        assert [case.ref for case in read(reader).cases] == [episode.ref]
    assert (read(manager).agreed, read(manager).topics, read(manager).cases) == ("", (), ())
    assert read(manager).minutes == 60


def test_somebody_who_may_no_longer_be_seen_is_counted_and_not_named(
    supervisor: Actor, practitioner: Practitioner, sol: Account, episode: Episode
) -> None:
    row = factories.supervision(practitioner=practitioner, supervisor=sol.ref)
    held = commands.Held("alone", 60, ("risk",), (episode.ref,), "")
    commands.record(actor=supervisor, ref=row.ref, held=held, version=1, at=NOW)
    Exclusion.objects.create(
        case=episode.referral.ref,
        account=sol.ref,
        allowed=False,
        reason="a friend",
        made_by="carol",
        made_at=NOW,
    )

    meeting = queries.page(actor=supervisor, ref=practitioner.ref, at=NOW).meetings[0]

    assert (meeting.cases, meeting.others) == ((), 1)


def test_a_practitioner_sees_their_own_supervision_alone(
    actor: Actor, practitioner: Practitioner, kit_browser: Client
) -> None:
    other = factories.practitioner(account=factories.account(name="Ashby Quillon"))

    board = queries.board(actor=actor, at=NOW)

    assert [row.name for row in board.rows] == ["Kit Marlow"]
    assert (board.wanted, board.may_arrange) == ((), False)
    assert kit_browser.get(f"/supervision/of/{other.ref}/").status_code == 404
    with pytest.raises(gate.Forbidden):
        commands.plan(actor=actor, practitioner=practitioner.ref, starts_at=NOW, submission="one", at=NOW)


def test_the_whole_way_through_the_pages(
    sol_browser: Client, practitioner: Practitioner, sol: Account, episode: Episode
) -> None:
    base = f"/supervision/of/{practitioner.ref}"
    today = timezone.localdate()
    day = {"begins_on-day": today.day, "begins_on-month": today.month, "begins_on-year": today.year}
    arranged = sol_browser.post(f"{base}/arrange/", {"supervisor": sol.ref, "every_weeks": "2", **day})
    yesterday = today - timedelta(days=1)
    when = {"day-day": yesterday.day, "day-month": yesterday.month, "day-year": yesterday.year}
    planned = sol_browser.post(f"{base}/plan/", {**when, "time": "2pm"})
    said = {"form": "alone", "minutes": "50", "topics": ["risk"], "cases": [episode.ref]}
    record = sol_browser.get(planned.headers["Location"])
    recorded = sol_browser.post(planned.headers["Location"], {**said, "form_version": "1"})
    again = sol_browser.post(planned.headers["Location"], {**said, "minutes": "40", "form_version": "1"})
    page = text(sol_browser.get(f"{base}/"))

    assert [arranged.status_code, planned.status_code, recorded.status_code] == [302, 302, 302]
    assert "Robin Example" in text(record)
    assert again.status_code == 422
    assert "has since been recorded or cancelled" in text(again)
    assert "50 minutes, one to one" in page
    assert current(practitioner).due_on == today + timedelta(weeks=2)


def test_planning_ahead_and_cancelling(sol_browser: Client, practitioner: Practitioner) -> None:
    base = f"/supervision/of/{practitioner.ref}"
    when = {"day-day": "3", "day-month": "3", "day-year": str(timezone.now().year + 1), "time": "10am"}
    planned = sol_browser.post(f"{base}/plan/", when)
    row = Supervision.objects.get()
    early = sol_browser.post(
        f"/supervision/{row.ref}/record/",
        {"form": "alone", "minutes": "50", "topics": ["risk"], "form_version": "1"},
    )
    cancelled = sol_browser.post(f"/supervision/{row.ref}/cancel/", {"reason": "Ill", "form_version": "1"})
    twice = sol_browser.post(f"/supervision/{row.ref}/cancel/", {"reason": "Ill", "form_version": "1"})

    assert planned.headers["Location"] == f"{base}/"
    assert "is in the future" in text(early)
    assert (cancelled.status_code, twice.status_code) == (302, 422)


def test_an_arrangement_ends_on_its_page(
    signed_in: Callable[..., Client], manager: Actor, practitioner: Practitioner, sol: Account
) -> None:
    arrange(manager, practitioner, sol)

    answer = signed_in(role=Role.MANAGER).post(
        f"/supervision/of/{practitioner.ref}/end/", {"form_submission": "1"}
    )

    assert answer.status_code == 302
    assert not practitioner.arrangements.filter(ended_at=None).exists()


def test_a_supervisor_who_lost_the_role_meanwhile_is_refused_in_words(
    signed_in: Callable[..., Client],
    practitioner: Practitioner,
    sol: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = signed_in(role=Role.MANAGER)
    sol.grants.update(ended_at=timezone.now())

    answer = client.post(
        f"/supervision/of/{practitioner.ref}/arrange/",
        {
            "supervisor": sol.ref,
            "every_weeks": "2",
            "begins_on-day": "3",
            "begins_on-month": "3",
            "begins_on-year": "2026",
        },
    )

    assert answer.status_code == 422
    assert "Nobody has the role of clinical supervisor" in text(answer)


def asked(session: Session) -> None:
    session.debrief_wanted, session.saved_at, session.saved_by = True, NOW, session.practitioner.ref
    session.save()


def test_a_debrief_that_is_asked_for_is_on_the_supervisors_day_until_it_was_held(
    sol_browser: Client, session: Session
) -> None:
    asked(session)
    before = text(sol_browser.get("/"))
    today = timezone.localdate()
    day = {"held_on-day": today.day, "held_on-month": today.month, "held_on-year": today.year}
    address = f"/supervision/debrief/{session.ref}/"
    answer = sol_browser.post(address, {"how": "in_person", **day})
    twice = sol_browser.post(address, {"how": "in_person", **day})
    later = sol_browser.post(address, {"how": "video", **day})
    after = text(sol_browser.get("/"))

    assert "Kit Marlow would like a debrief" in before
    assert (answer.status_code, twice.status_code, later.status_code) == (302, 302, 422)
    assert "would like a debrief" not in after
    assert Debrief.objects.get().held_on == today


def test_a_debrief_nobody_asked_for_is_not_recorded(supervisor: Actor, session: Session) -> None:
    with pytest.raises(Refused):
        commands.debrief(actor=supervisor, session=session.ref, how="video", held_on=NOW.date(), at=NOW)


def test_asking_for_one_is_part_of_the_record_and_never_of_the_shared_screen(
    kit_browser: Client, session: Session
) -> None:
    kit_browser.post(f"/sessions/{session.ref}/record/", {"debrief_wanted": "on", "form_version": "1"})

    session.refresh_from_db()
    assert session.debrief_wanted
    assert "ebrief" not in text(kit_browser.get(f"/sessions/{session.ref}/shared/"))
    assert "Asked for" in text(kit_browser.get(f"/sessions/{session.ref}/"))


@pytest.mark.parametrize(("days", "said"), [(2, ""), (1, "By tomorrow"), (0, "By today"), (-1, "1 day late")])
def test_my_day_says_when_a_supervision_is_due(
    sol_browser: Client, practitioner: Practitioner, sol: Account, days: int, said: str
) -> None:
    due: date = timezone.localdate(timezone=None) + timedelta(days=days)
    factories.arrangement(practitioner=practitioner, supervisor=sol, due_on=due)

    page = text(sol_browser.get("/"))

    assert ("Supervision of Kit Marlow" in page) == bool(said)
    assert said in page


def test_a_review_of_risk_that_ran_out_is_on_my_day(kit_browser: Client, episode: Episode) -> None:
    today: datetime = timezone.now()
    old = today.date() - timedelta(days=100)
    factories.rating(episode=episode, rated_on=old, review_on=today.date() - timedelta(days=10))
    factories.rating(episode=episode, tool="dash", rated_on=old, review_on=today.date() + timedelta(days=10))

    page = text(kit_browser.get("/"))

    assert "Robin Example : review the judgement of risk" in page
    assert "(Stalking Assessment and Management (SAM))" in page
    assert "(DASH)" not in page
