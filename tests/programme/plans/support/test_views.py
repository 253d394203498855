"""Partner agencies: a directory with its history, and what came of every referral."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.agencies import Said
from desist.agencies.states import FOLLOWS, MAY_SAY, TRANSITIONS, State
from desist.programme.episodes.models import Episode
from desist.programme.plans.support import commands
from desist.programme.plans.support.models import Agency, SupportReferral
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

AGENCY = {"name": "Harbour Debt Advice", "needs": ["money", "housing"], "phone": "01632 960 500"}
DAY = {"referred_on-day": "3", "referred_on-month": "3", "referred_on-year": "2026"}
OUTCOME = {"on-day": "3", "on-month": "3", "on-year": "2026", "form_version": "1"}


@pytest.fixture
def manager(signed_in: Callable[..., Client], kit: Account) -> Client:
    return signed_in(role=Role.MANAGER)


def referred(agency: Agency, **changes: str) -> dict[str, str]:
    return {
        "agency": agency.ref,
        "need": "money",
        "agreed": "yes",
        "told": "Name and telephone number",
        "reach": "us",
        "basis": "consent",
        "form_submission": "one-referral",
        **DAY,
        **changes,
    }


def test_an_agency_is_listed_once(manager: Client) -> None:
    first = manager.post("/support/add/", AGENCY, follow=True)
    second = manager.post("/support/add/", AGENCY)

    assert "Harbour Debt Advice" in text(first)
    assert second.status_code == 422
    assert "An agency with this name is already on the list" in text(second)


def test_an_agency_taken_off_the_list_stays_readable(manager: Client, episode: Episode) -> None:
    agency = factories.agency(name="Harbour Debt Advice")
    factories.support(episode=episode, agency=agency)

    first = manager.post(f"/support/agency/{agency.ref}/end/", {"form_submission": "x"}, follow=True)
    second = manager.post(f"/support/agency/{agency.ref}/end/", {"form_submission": "x"})

    assert "No longer on the list" in text(first)
    assert second.status_code == 422
    assert "Harbour Debt Advice" in text(manager.get(f"/support/of/{episode.ref}/"))


def test_somebody_is_referred_once_and_the_outcome_is_kept(kit_browser: Client, episode: Episode) -> None:
    agency = factories.agency()
    for _ in range(2):
        kit_browser.post(f"/support/of/{episode.ref}/refer/", referred(agency))
    row = SupportReferral.objects.get()

    answer = kit_browser.post(
        f"/support/{row.ref}/outcome/",
        {**OUTCOME, "said": "accepted", "words": "First meeting on Monday"},
        follow=True,
    )

    assert "Accepted" in text(answer)
    assert "First meeting on Monday" in text(answer)


def test_an_agency_that_left_the_list_meanwhile_is_told(kit_browser: Client, episode: Episode) -> None:
    gone = factories.agency(ended_at=factories.NOW, ended_by="carol")
    elsewhere = factories.agency(area="elsewhere")

    for agency in (gone, elsewhere):
        answer = kit_browser.post(f"/support/of/{episode.ref}/refer/", referred(agency))
        assert answer.status_code == 422
        assert "Name and telephone number" in text(answer)
    assert not SupportReferral.objects.exists()


@pytest.mark.parametrize(
    "listed", [{"ended_at": factories.NOW, "ended_by": "carol"}, {"area": "elsewhere"}, None]
)
def test_nobody_is_referred_to_an_agency_that_the_area_does_not_list_at_that_moment(
    actor: Actor, episode: Episode, listed: dict[str, Any] | None
) -> None:
    agency = "unknown" if listed is None else factories.agency(**listed).ref
    words = commands.Referred(agency, "money", agreed=True, told="Name", referred_on=factories.NOW.date())

    with pytest.raises(Refused, match="removed from the list"):
        commands.refer(actor=actor, episode=episode.ref, referred=words, submission="one", at=factories.NOW)

    assert not SupportReferral.objects.exists()


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("what", Said)
def test_only_what_the_table_says_may_be_recorded(
    kit_browser: Client, episode: Episode, state: State, what: Said
) -> None:
    answered = {} if state is State.REFERRED else {"answered_on": factories.NOW.date()}
    row = factories.support(episode=episode, state=state, **answered)

    answer = kit_browser.post(f"/support/{row.ref}/outcome/", {**OUTCOME, "said": what.value})

    row.refresh_from_db()
    ended_unanswered = what is Said.ENDED and State.ENDED in TRANSITIONS[state]
    assert (answer.status_code == 302) == (what in MAY_SAY[state] or ended_unanswered)
    assert row.state == (FOLLOWS.get(what, state) if answer.status_code == 302 else state)


def test_of_two_who_record_an_outcome_the_second_is_told(kit_browser: Client, episode: Episode) -> None:
    row = factories.support(episode=episode)
    path = f"/support/{row.ref}/outcome/"
    kit_browser.post(path, {**OUTCOME, "said": "accepted", "form_submission": "first"})

    second = kit_browser.post(path, {**OUTCOME, "said": "declined", "words": "Mine"})

    assert second.status_code == 422
    assert "by now this referral is: Accepted" in text(second)
    assert "Mine" in text(second)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["Anchor", "Bridge", "Cedar"]),
        ("?sort=-name", ["Cedar", "Bridge", "Anchor"]),
        ("?sort=-number", ["Bridge", "Cedar", "Anchor"]),
        ("?need=housing", ["Anchor", "Bridge"]),
        ("?need=parenting", []),
        ("?need=nothing&sort=phone&listed=now&after=x", ["Anchor", "Bridge", "Cedar"]),
        ("?listed=past", ["Dock"]),
        ("?listed=past&need=housing", []),
    ],
)
def test_the_directory_is_filtered_and_sorted(
    manager: Client, episode: Episode, asked: str, shown: list[str]
) -> None:
    for name, needs, referred_to, ended_at in (
        ("Cedar", ["money"], 1, None),
        ("Anchor", ["housing"], 0, None),
        ("Bridge", ["housing", "money"], 2, None),
        ("Dock", ["money"], 0, factories.NOW),
    ):
        ended: dict[str, Any] = {"ended_at": ended_at, "ended_by": "carol"} if ended_at else {}
        agency = factories.agency(name=name, needs=needs, **ended)
        for _ in range(referred_to):
            factories.support(episode=episode, agency=agency)

    page = text(manager.get(f"/support/{asked}"))

    names = [name for name in ("Anchor", "Bridge", "Cedar", "Dock") if name in page]
    assert sorted(names, key=page.index) == shown


def test_a_long_directory_has_pages(manager: Client) -> None:
    refs = [factories.agency(name=f"Agency {number:03}").ref for number in range(101)]

    first, second = text(manager.get("/support/")), text(manager.get(f"/support/?after={refs[99]}"))

    assert ("Agency 099" in first, "Agency 100" in first) == (True, False)
    assert ("Agency 099" in second, "Agency 100" in second) == (False, True)


def test_a_filter_of_the_directory_is_kept(manager: Client) -> None:
    form = {"of": "agencies", "name": "Roofs", "query": "need=housing&sort=-number"}

    page = manager.post("/filters/keep/", form, follow=True).content.decode()

    assert 'href="/support/?need=housing&amp;sort=-number">Roofs</a>' in page
