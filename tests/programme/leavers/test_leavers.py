"""Everybody who left: how, when, at which session, who decided it, and the next follow-up."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.audit.downloads.models import Download
from desist.programme.episodes.models import Episode
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.models import Leaving
from desist.programme.pages.leavers import queries
from desist.programme.practitioners.models import Practitioner
from desist.wall.actors import Actor, Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


def left(
    practitioner: Practitioner, name: str, *, on: datetime, by: str, reason: str, reached: int = 0
) -> Episode:
    ended = {"state": "left", "ended_at": on}
    episode = factories.episode(
        referral=factories.referral(family_name=name), practitioner=practitioner, **ended
    )
    for number in range(1, reached + 1):
        factories.attended(episode=episode, number=number, period=_then(on, number))
    Leaving.objects.create(
        episode=episode,
        state="ended",
        by=by,
        reason=reason,
        phase="during",
        submission=name,
        decided_by=practitioner.ref,
        decided_at=on,
        ended_at=on,
    )
    return episode


def _then(on: datetime, number: int) -> object:
    from psycopg.types.range import TimestamptzRange

    start = on - timedelta(weeks=20) + timedelta(days=number)
    return TimestamptzRange(start, start + timedelta(hours=1))


@pytest.fixture
def two(practitioner: Practitioner) -> tuple[Episode, Episode]:
    """Ashwood left in 2025 after session 2, Birch completed in 2026 and has a follow-up."""
    noor = factories.practitioner(account=factories.account(name="Noor Hale"))
    one = left(
        practitioner,
        "Ashwood",
        on=datetime(2025, 5, 6, 9, tzinfo=UTC),
        by="person",
        reason="withdrew",
        reached=2,
    )
    other = left(noor, "Birch", on=datetime(2026, 5, 6, 9, tzinfo=UTC), by="completed", reason="completed")
    FollowUp.objects.create(episode=other, months=6, due_on=date(2026, 11, 6), made_at=factories.NOW)
    return one, other


def test_each_line_says_how_when_how_far_by_whom_and_what_is_due(
    manager: Client, two: tuple[Episode, Episode]
) -> None:
    page = text(manager.get("/leavers/"))

    assert "By the person Withdrew 6 May 2025 Session 2 of 12 Kit Marlow Kit Marlow None" in page
    assert "Completed the programme" in page
    assert "No session Noor Hale Noor Hale 6 November 2026" in page
    assert 'href="/leavers/"' in manager.get("/episodes/").content.decode()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("year=2025", ["Ashwood"]),
        ("way=completed", ["Birch"]),
        ("practitioner={noor}", ["Birch"]),
        ("year=1066", ["Birch", "Ashwood"]),
        ("sort=person", ["Ashwood", "Birch"]),
        ("sort=-reached", ["Ashwood", "Birch"]),
        ("sort=follow_up", ["Birch", "Ashwood"]),
        ("sort=nothing", ["Birch", "Ashwood"]),
    ],
)
def test_the_list_is_filtered_and_sorted(
    manager: Client, two: tuple[Episode, Episode], asked: str, shown: list[str]
) -> None:
    noor = Practitioner.objects.get(name="Noor Hale").ref
    page = text(manager.get("/leavers/?" + asked.format(noor=noor)))

    found = sorted(
        (page.find(f"Robin {name}"), name) for name in ("Ashwood", "Birch") if f"Robin {name}" in page
    )
    assert [name for _, name in found] == shown


def test_a_restricted_person_and_a_leaving_that_was_taken_back_are_not_there(
    manager: Client, two: tuple[Episode, Episode]
) -> None:
    one, other = two
    Restriction.objects.create(case=one.referral.ref, reason="x", made_by="carol", made_at=factories.NOW)
    Leaving.objects.filter(episode=other).update(
        state="mistake", taken_back_reason="x", taken_back_by="x", taken_back_at=factories.NOW
    )

    assert "Nobody found" in text(manager.get("/leavers/"))


def test_the_file_needs_a_second_person_and_holds_the_filtered_list(
    manager: Client, actor: Actor, two: tuple[Episode, Episode]
) -> None:
    manager.post("/leavers/file/?year=2025", {"why": "Annual report to the board"})
    wish = Download.objects.get()
    boss = Actor(who="ola", role=Role.MANAGER, area=actor.area, correlation=actor.correlation)

    name, content = queries.make(actor=boss, criteria=wish.criteria, at=factories.NOW)

    assert (wish.kind, name) == ("programme.leavers", "people-who-left.csv")
    assert b"Robin Ashwood" in content
    assert b"Birch" not in content


def test_a_practitioner_sees_their_own_and_is_offered_no_file(
    kit_browser: Client, two: tuple[Episode, Episode]
) -> None:
    page = text(kit_browser.get("/leavers/"))

    assert "Robin Ashwood" in page
    assert "Birch" not in page
    assert "Ask for this list as a file" not in page
    assert kit_browser.get("/leavers/file/").status_code == 403


def test_a_filter_of_the_list_is_kept_as_a_link_above_it(
    manager: Client, two: tuple[Episode, Episode]
) -> None:
    form = {"of": "leavers", "name": "Completed", "query": "way=completed&sort=person"}
    page = manager.post("/filters/keep/", form, follow=True).content.decode()

    assert 'href="/leavers/?way=completed&amp;sort=person">Completed</a>' in page
    assert "Ashwood" not in page
