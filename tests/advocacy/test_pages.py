"""In a real browser: axe finds nothing on any page of the advocacy zone, every page fits a phone and can be left quickly."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext
from tests import access, interrupted, looking, offers, returned, staff
from tests.advocacy import factories
from tests.advocacy.pages import PAGES, REFUSED, WRITTEN

from desist.accounts import searching
from desist.accounts.models import Account
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.browser


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def noor(db: None) -> Account:
    """The manager."""
    return factories.account(name="Noor Quenington")


@pytest.fixture
def quarterly_returns(db: None, noor: Account) -> dict[str, str]:
    """Returns of four quarters, as far as they can be, with what moved and questions."""
    return returned.as_far_as_they_can_be(factories, by=noor.ref, moved="received")


@pytest.mark.parametrize(("rows", "role"), looking.stands(PAGES))
def test_every_page_is_accessible_fits_a_phone_and_can_be_left_quickly(
    request: pytest.FixtureRequest,
    browsing: Callable[..., BrowserContext],
    signed_in: Callable[..., Client],
    rows: str,
    role: Role,
) -> None:
    made = request.getfixturevalue(rows)
    who = request.getfixturevalue("fable" if role is Role.ADVOCATE else "noor")
    page = browsing(client=signed_in(role=role, account=who), viewport=looking.PHONE).new_page()

    found = looking.refused(page, REFUSED[rows].get(role, ()), made)
    found += looking.complaints(page, PAGES[rows][role], made)

    assert found == []


@pytest.mark.parametrize(("rows", "role"), looking.stands(WRITTEN))
def test_what_is_written_in_every_day_fits_two_screens(
    request: pytest.FixtureRequest, browsing: Callable[..., BrowserContext], rows: str, role: Role
) -> None:
    made = request.getfixturevalue(rows)
    client = staff.browser(account=request.getfixturevalue("fable"), role=role)
    page = browsing(client=client, viewport=looking.LAPTOP).new_page()

    assert looking.longer(page, WRITTEN[rows][role], made) == []


@pytest.mark.parametrize(("rows", "role"), looking.stands(WRITTEN))
def test_the_idle_lock_and_a_phone_on_its_side_take_no_word_from_a_page_that_is_written_in(
    request: pytest.FixtureRequest,
    browsing: Callable[..., BrowserContext],
    monkeypatch: pytest.MonkeyPatch,
    rows: str,
    role: Role,
) -> None:
    monkeypatch.setenv("DESIST_DEMO", "1")
    made = request.getfixturevalue(rows)
    client = staff.browser(account=request.getfixturevalue("fable"), role=role)
    page = browsing(client=client, viewport=interrupted.ON_ITS_SIDE).new_page()
    page.clock.install()

    assert interrupted.interrupted(page, WRITTEN[rows][role], made) == []


def heard(actor: Actor) -> str:
    """A client about whom a force with Desist has a report, as they chose."""
    force = factories.partner(
        name="southmere-police", title="Southmere Police", transport="courier", keys="{}"
    )
    victim = factories.victim(
        advocate=Advocate.objects.get(ref=actor.who), partner=force.name, thread="heard"
    )
    factories.choice(victim=victim.ref, whom="police")
    pack = factories.pack(incident=factories.incident(victim=victim.ref).ref)
    BreachPack.objects.filter(pk=pack.pk).update(police=force.name)
    return victim.ref


@pytest.fixture
def a_client(client_of_fable: Victim, actor: Actor) -> dict[str, str]:
    """Robin, with something of everything, and an advocate who has just joined."""
    offers.other("advocacy")
    joined = factories.account(name="Bryn Newcomer")
    staff.grant(account=joined, role=Role.ADVOCATE)
    ref = client_of_fable.ref
    factories.need(victim=ref)
    factories.circumstance(victim=ref, over="over", ended_by="carol", ended_at=factories.NOW)
    factories.update(victim=ref)
    factories.paper(victim=ref)
    factories.order(victim=ref)
    twin = factories.victim(state="closed", closed_at=factories.NOW, close_reason="other")
    factories.original(victim=ref, content=b"A recording")
    exhibit = factories.exhibit(victim=ref)
    factories.tag(victim=ref, incident=factories.incident(victim=ref))
    home = factories.locator(victim=ref, kind=Kind.HOME).ref
    vault.check_for_post(actor=actor, locator=home, safe=True, at=timezone.now())
    return {
        "need": factories.need(victim=ref).ref,
        "referred": factories.referred(victim=ref).ref,
        "by_hand": factories.agency_link(victim=ref).referral.ref,
        "v": ref,
        "twin": twin.ref,
        "handover": factories.handover(
            victim=twin.ref, to=Account.objects.get(ref=actor.who), answer_by=timezone.localdate()
        ).ref,
        "merge": access.merge(first=client_of_fable, second=twin).ref,
        "offered": factories.client_offer().ref,
        "checked": factories.move_in(clients=f"17,{'Robin ' * 12}").ref,
        "moving": factories.move_in(state="bringing", total=40, done=12).ref,
        "sought": searching.seal("Hollow", who=actor.who),
        "new": joined.ref,
        "fable": actor.who,
        "letter": factories.letter(victim=ref).ref,
        "cand": factories.candidate(victim=ref).ref,
        "ci": factories.circumstance(victim=ref).ref,
        "sc": factories.screening(victim=ref, source="police", review_on=None).ref,
        "su": factories.submitted(victim=ref, content=factories.PICTURE, name="Gate.png").ref,
        "child": factories.child(victim=ref).ref,
        "a": factories.attempt(victim=ref).ref,
        "i": factories.incident(victim=ref).ref,
        "f": factories.original(victim=ref).ref,
        "ex": factories.export(victim=ref).ref,
        "sound": factories.recording(victim=ref).ref,
        "locking": factories.original(
            victim=ref, content=b"Locked anew", state="locking", locked_with=client_of_fable
        ).ref,
        "relocked": factories.finished_exhibit(victim=ref, state="locking", locked_with=client_of_fable).ref,
        "e": exhibit.ref,
        "on": exhibit.rows.get().original.ref,
        "done": factories.exhibit(victim=ref, state="making", steps=6, done=2, closed_at=factories.NOW).ref,
        "kept": factories.kept_export(victim=ref).ref,
        "d": factories.disclosure(victim=ref).ref,
        "m": factories.measure(victim=ref).ref,
        "q": factories.clearance(victim=ref).ref,
        "p": factories.pack(incident=factories.incident(victim=ref).ref, rang="The desk").ref,
        "al": factories.alert(case=ref).ref,
        "finished": factories.finished_exhibit(victim=heard(actor)).ref,
        "sent": factories.sent_exhibit(
            exhibit=factories.finished_exhibit(victim=ref),
            pack=factories.pack(incident=factories.incident(victim=ref).ref),
        ).ref,
    }
