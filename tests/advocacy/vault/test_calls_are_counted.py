"""A call and a letter open what leads to a client: so many clients in a day and no more, until a manager allows it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.advocacy import factories

from desist.accounts.alerts.models import AccountAlert
from desist.accounts.models import Account
from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.models import Attempt
from desist.advocacy.contacts.states import Channel
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import commands, limits, queries
from desist.advocacy.vault.models import Reveal
from desist.advocacy.vault.states import Kind, Limit, Reason
from desist.advocacy.victims.models import Victim
from desist.wall import turns
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture(autouse=True)
def _three_a_day(settings: Settings) -> None:
    settings.DESIST_CALLS_A_DAY = 3


@pytest.fixture
def clients(actor: Actor, advocate: Advocate) -> list[Victim]:
    """Four clients of Fable, whom it is safe to call at any hour."""
    found = [factories.victim(advocate=advocate) for _ in range(4)]
    for one in found:
        factories.safe_time(victim=one.ref)
        one.safe_times.update(channel="call", days=list(range(7)), start="00:00", end="23:59:59")
    return found


def call(actor: Actor, victim: Victim, *, minutes: int = 0) -> str:
    at = NOW + timedelta(minutes=minutes)
    name = f"{victim.ref} {minutes}"
    return contacts.begin(actor=actor, ref=victim.ref, channel=Channel.CALL, submission=name, at=at)


def test_a_day_of_calls_is_within_what_a_site_sets_unless_it_says_otherwise() -> None:
    from desist import deployment

    assert deployment.calls_a_day() == 40


def test_the_next_client_past_the_days_calls_is_not_opened(
    actor: Actor, clients: list[Victim], signed_in: Callable[..., Client]
) -> None:
    signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor Quenington"))
    for one in clients[:3]:
        call(actor, one)

    with pytest.raises(commands.TooManyReveals) as stopped:
        call(actor, clients[3])

    assert str(stopped.value) == (
        "Not started: you have opened as many clients for calls today as one person may. Ask Noor Quenington to allow "
        "more for today. If the client is in danger now, call 999."
    )
    assert not Attempt.objects.filter(victim=clients[3]).exists()
    assert Reveal.objects.count() == 3
    assert AuditEvent.objects.filter(allowed=False, reason="TooManyReveals").count() == 1
    alert = AccountAlert.objects.get()
    assert (alert.kind, alert.account, alert.count) == ("reveals", actor.who, 4)
    assert call(actor, clients[3], minutes=24 * 60)


def test_ringing_the_same_client_again_counts_once(actor: Actor, clients: list[Victim]) -> None:
    for minutes in range(5):
        call(actor, clients[0], minutes=minutes)
    call(actor, clients[1])
    call(actor, clients[2])

    assert call(actor, clients[0], minutes=9)
    assert commands.opened_today(at=NOW) == {actor.who: 3}


def test_calls_and_single_reveals_have_each_their_own_budget(actor: Actor, clients: list[Victim]) -> None:
    """A day of calls leaves the few reveals that a day needs, and a day of reveals no more than it did."""
    for one in clients[:3]:
        call(actor, one)

    home = factories.locator(victim=clients[3].ref, kind=Kind.HOME)
    commands.reveal(actor=actor, locator=home.ref, reason=Reason.CHECK, at=NOW)

    assert commands.revealed_today(at=NOW) == {actor.who: 1}


def test_a_manager_allows_more_calls_for_the_day(
    actor: Actor, manager: Actor, clients: list[Victim], signed_in: Callable[..., Client]
) -> None:
    noor = signed_in(role=Role.ADVOCACY_MANAGER, account=Account.objects.get(ref=manager.who))
    signed_in()
    now = timezone.now()
    for one in clients[:3]:
        Reveal.objects.create(
            victim=one, reason=Reason.CONTACT, by=actor.who, at=now, until=now + limits.CALL
        )
    (stopped,) = queries.stopped(actor=manager, at=now)
    home, page = noor.get("/").content.decode(), noor.get(reverse("vault:allow")).content.decode()

    commands.allow_more(
        actor=manager, account=actor.who, limit=Limit.CALLS, more=6, submission="once", at=now
    )

    assert stopped.words == "Fable Trelissick: 3 clients opened for calls today"
    assert "They cannot begin calls with more clients today unless you allow it" in home
    assert "Fable Trelissick: 3 clients opened for calls today" in page
    assert queries.stopped(actor=manager, at=now) == ()
    commands.open_call(actor=actor, victim=clients[3], at=now)


@pytest.mark.parametrize("route", ["contacts:begin", "updates:begin"])
def test_the_page_says_that_it_stopped_and_shows_no_number(
    browser_of_fable: Client, client_of_fable: Victim, settings: Settings, route: str
) -> None:
    settings.DESIST_CALLS_A_DAY = 0

    answer = browser_of_fable.post(
        reverse(route, args=[client_of_fable.ref]), {"channel": "call"}, follow=True
    )

    assert "Not started: you have opened as many clients" in answer.content.decode()
    assert factories.PHONE not in answer.content.decode()


@pytest.mark.parametrize("route", ["contacts:begin", "updates:begin", "letters:print-out"])
def test_two_at_one_moment_come_one_after_the_other(
    browser_of_fable: Client, client_of_fable: Victim, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    def taken(what: str, patience: float) -> None:
        raise turns.Taken

    ref = (
        client_of_fable.ref
        if route != "letters:print-out"
        else factories.letter(victim=client_of_fable.ref).ref
    )
    monkeypatch.setattr(turns, "_take", taken)
    answer = browser_of_fable.post(reverse(route, args=[ref]), {"channel": "call"}, follow=True)

    assert "Another call, letter or reveal of yours is just being opened" in answer.content.decode()
