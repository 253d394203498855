"""A client is offered to another advocate with a reason; until that advocate accepts, nothing changes."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.advocacy import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.advocacy.handovers import commands
from desist.advocacy.handovers.models import ClientHandover
from desist.advocacy.handovers.states import TRANSITIONS, State
from desist.advocacy.team.models import Advocate, Declaration
from desist.advocacy.victims.models import Victim
from desist.refusals import Changed, Refused
from desist.ui.dates import day_of
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = factories.NOW
ELSEWHERE = "southmere"
UNTIL = day_of(AT) + timedelta(days=3)
LATE = AT + timedelta(days=4)


@pytest.fixture
def sol(db: None) -> Account:
    """Another advocate."""
    account = staff.account(name="Sol Arden")
    staff.grant(account=account, role=Role.ADVOCATE)
    factories.advocate(account=account)
    return account


@pytest.fixture
def asked(sol: Account) -> Actor:
    """Sol as an actor."""
    return Actor(who=sol.ref, role=Role.ADVOCATE, area=staff.AREA, correlation=uuid.uuid4())


def offer(actor: Actor, victim: Victim, to: str, until: date = UNTIL, **fields: Any) -> ClientHandover:
    fields = {"submission": uuid.uuid4().hex, "at": AT, "why": None, **fields}
    told = commands.Offer(to, "I go on leave", until)
    commands.offer(actor=actor, ref=victim.ref, offer=told, **fields)
    return ClientHandover.objects.latest("pk")


def reply(
    actor: Actor, row: ClientHandover, answer: str, words: str = "", at: datetime = AT, **fields: Any
) -> None:
    row.refresh_from_db()
    fields = {"version": row.version, "why": None, **fields}
    commands.answer(actor=actor, ref=row.ref, answer=answer, words=words, at=at, **fields)
    row.refresh_from_db()


def holder(victim: Victim) -> str:
    return victim.allocations.get(ended_at=None).advocate.name


def test_a_client_goes_over_once_the_advocate_accepts(
    browser_of_fable: Client, client_of_fable: Victim, sol: Account
) -> None:
    page = f"/handovers/{client_of_fable.ref}/offer/"
    day = day_of(timezone.now()) + timedelta(days=2)
    until = {
        "answer_by-day": str(day.day),
        "answer_by-month": str(day.month),
        "answer_by-year": str(day.year),
    }
    theirs = staff.browser(account=sol, role=Role.ADVOCATE)

    sent = text(browser_of_fable.post(page, {"to": sol.ref, "reason": "I go on leave", **until}, follow=True))
    row = ClientHandover.objects.get()
    mine, waits = text(browser_of_fable.get("/")), text(theirs.get("/"))
    before, hidden = holder(client_of_fable), theirs.get(f"/victims/{client_of_fable.ref}/").status_code
    read = text(theirs.get(f"/handovers/{row.ref}/"))
    for _ in range(2):
        theirs.post(f"/handovers/{row.ref}/", {"answer": "accepted", "form_version": "1"})

    assert "Offered. Until they accept, nothing changes." in sent
    assert "Sol Arden says whether they take them over" in mine
    assert "say whether you take them over" in waits
    assert before != "Sol Arden"
    assert hidden == 404
    assert "I go on leave" in read
    assert b"leave" not in bytes(row.reason)
    assert holder(client_of_fable) == "Sol Arden"
    assert theirs.get(f"/victims/{client_of_fable.ref}/").status_code == 200
    assert browser_of_fable.get(f"/victims/{client_of_fable.ref}/").status_code == 404


def test_a_refusal_says_why_and_nothing_changes(
    browser_of_fable: Client, actor: Actor, client_of_fable: Victim, sol: Account, asked: Actor
) -> None:
    row = offer(actor, client_of_fable, sol.ref, at=timezone.now(), until=day_of(timezone.now()))
    before = holder(client_of_fable)

    for _ in range(2):
        reply(asked, row, "refused", "I am full", at=timezone.now())
    with pytest.raises(Refused, match="answered or withdrawn since: refused"):
        reply(asked, row, "accepted", at=timezone.now())

    assert holder(client_of_fable) == before
    assert "Sol Arden cannot take them over: read why" in text(browser_of_fable.get("/"))
    assert "Their words I am full" in text(browser_of_fable.get(f"/handovers/{client_of_fable.ref}/offer/"))
    theirs = staff.browser(account=sol, role=Role.ADVOCATE)
    assert "take them over" not in text(theirs.get("/"))


def test_an_offer_is_withdrawn_once_and_another_made(
    browser_of_fable: Client, actor: Actor, client_of_fable: Victim, sol: Account, asked: Actor
) -> None:
    row = offer(actor, client_of_fable, sol.ref)
    with pytest.raises(Refused, match="Sol Arden is asked already"):
        offer(actor, client_of_fable, sol.ref)

    for _ in range(2):
        over = browser_of_fable.post(f"/handovers/{row.ref}/withdraw/", follow=True)
    with pytest.raises(Refused, match="withdrawn since"):
        reply(asked, row, "accepted")

    assert "Withdrawn. Nothing changes." in text(over)
    again = offer(actor, client_of_fable, sol.ref)
    reply(asked, again, "refused", "Full")
    browser_of_fable.post(f"/handovers/{again.ref}/withdraw/")
    again.refresh_from_db()
    assert again.state == State.REFUSED


def test_a_lapsed_offer_is_late_for_both_and_makes_room_for_the_next(
    browser_of_fable: Client, actor: Actor, client_of_fable: Victim, sol: Account, asked: Actor
) -> None:
    row = offer(actor, client_of_fable, sol.ref)

    with pytest.raises(Refused, match="The offer lapsed on"):
        reply(asked, row, "accepted", at=LATE)
    for browser in (browser_of_fable, staff.browser(account=sol, role=Role.ADVOCATE)):
        assert "the offer to take them over lapsed without an answer" in text(browser.get("/"))
    assert "Lapsed without an answer" in text(
        browser_of_fable.get(f"/handovers/{client_of_fable.ref}/offer/")
    )
    offer(actor, client_of_fable, sol.ref, at=LATE, until=day_of(LATE))
    row.refresh_from_db()
    assert row.state == State.LAPSED


def test_the_same_form_twice_asks_once_and_a_stale_answer_is_refused(
    actor: Actor, client_of_fable: Victim, sol: Account, asked: Actor
) -> None:
    for _ in range(2):
        row = offer(actor, client_of_fable, sol.ref, submission="one")

    with pytest.raises(Changed):
        reply(asked, row, "accepted", version=7)
    assert ClientHandover.objects.count() == 1


def test_who_cannot_work_with_a_client_is_not_asked(
    actor: Actor, client_of_fable: Victim, sol: Account, asked: Actor
) -> None:
    with pytest.raises(Refused, match="works with the client, or does not work here"):
        offer(actor, client_of_fable, actor.who)
    with pytest.raises(Refused, match="works with the client, or does not work here"):
        offer(actor, client_of_fable, "nobody")
    row = offer(actor, client_of_fable, sol.ref)
    link = {"kind": "client", "person": client_of_fable.ref, "declared_by": "x", "declared_at": AT}
    Declaration.objects.create(advocate=Advocate.objects.get(ref=sol.ref), submission="x", **link)
    with pytest.raises(Refused, match="knows this client in private life"):
        reply(asked, row, "accepted")
    commands.withdraw(actor=actor, ref=row.ref, at=AT)
    with pytest.raises(Refused, match="knows this client in private life"):
        offer(actor, client_of_fable, sol.ref)
    Victim.objects.update(state="closed", closed_at=AT, close_reason="other")
    with pytest.raises(Refused, match="The case is closed"):
        offer(actor, client_of_fable, sol.ref)


def test_every_state_is_in_the_table() -> None:
    assert {*TRANSITIONS} == {*State}


@pytest.fixture
def wyn(db: None) -> Account:
    """An advocate of another service of the site."""
    account = staff.account(name="Wyn Holt")
    staff.grant(account=account, role=Role.ADVOCATE, area=ELSEWHERE)
    factories.advocate(account=account, area=ELSEWHERE)
    return account


def in_service(account: Account) -> Actor:
    return Actor(who=account.ref, role=Role.ADVOCATE, area=ELSEWHERE, correlation=uuid.uuid4())


def to_another(actor: Actor, victim: Victim, to: str, knows: str = "yes") -> ClientHandover:
    told = commands.Offer(to, "She moved house", UNTIL, knows)
    fields: dict[str, Any] = {"submission": uuid.uuid4().hex, "at": AT, "why": None}
    commands.offer(actor=actor, ref=victim.ref, offer=told, **fields)
    return ClientHandover.objects.latest("pk")


def test_a_client_goes_to_another_service_with_all_of_the_record_once_it_accepts(
    browser_of_fable: Client, actor: Actor, client_of_fable: Victim, wyn: Account
) -> None:
    factories.incident(victim=client_of_fable.ref)
    alert = factories.alert(case=client_of_fable.ref)
    theirs = staff.browser(account=wyn, role=Role.ADVOCATE, area=ELSEWHERE)
    page = text(browser_of_fable.get(f"/handovers/{client_of_fable.ref}/offer/"))
    row = to_another(actor, client_of_fable, wyn.ref)
    ClientHandover.objects.update(answer_by=day_of(timezone.now()))
    waits, read = text(theirs.get("/")), text(theirs.get(f"/handovers/{row.ref}/"))
    hidden = theirs.get(f"/victims/{client_of_fable.ref}/").status_code
    reply(in_service(wyn), row, "accepted")

    assert "Wyn Holt, service of" in page
    assert "takes the client over with all of the record" in page
    assert "say whether you take them over" in waits
    assert "all of the record comes to yours with them" in read
    assert commands.AGREED in read
    assert hidden == 404
    client_of_fable.refresh_from_db()
    alert.refresh_from_db()
    assert (client_of_fable.area, alert.area) == (ELSEWHERE, ELSEWHERE)
    assert theirs.get(f"/victims/{client_of_fable.ref}/").status_code == 200
    assert theirs.get(f"/incidents/{client_of_fable.ref}/").status_code == 200
    assert browser_of_fable.get(f"/victims/{client_of_fable.ref}/").status_code == 404
    manager = staff.browser(account=staff.account(name="Ola Reed"), role=Role.ADVOCACY_MANAGER)
    assert manager.get(f"/victims/{client_of_fable.ref}/").status_code == 404


def test_another_service_that_refuses_changes_nothing(
    actor: Actor, client_of_fable: Victim, wyn: Account
) -> None:
    row, before = to_another(actor, client_of_fable, wyn.ref), holder(client_of_fable)

    reply(in_service(wyn), row, "refused", "We are full")

    client_of_fable.refresh_from_db()
    assert (client_of_fable.area, holder(client_of_fable)) == (staff.AREA, before)


def test_a_client_who_was_not_asked_is_not_offered_to_another_service(
    browser_of_fable: Client, actor: Actor, client_of_fable: Victim, wyn: Account
) -> None:
    with pytest.raises(Refused, match="ask the client first"):
        to_another(actor, client_of_fable, wyn.ref, knows="no")

    assert not ClientHandover.objects.exists()
