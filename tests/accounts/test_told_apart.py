"""Two administrators together say that two accounts are two people; nobody says it of themselves."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.accounts.conftest import SignedIn, actor_for

from desist.accounts.likeness import commands, queries
from desist.accounts.likeness.models import ToldApart
from desist.accounts.models import Account, SignIn
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent
from desist.wall.people import are_one_person, count

REASON = "both known in person; they share the computer in the back office"
PEOPLE = "/account/people/"
Move = tuple[str, int, tuple[int, int]]
#: who does what: one person with three administrators' accounts (0 to 2), or the one other administrator (3)
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["ask", "confirm", "end"]),
        st.integers(0, 3),
        st.sampled_from([(0, 1), (1, 0), (0, 2), (1, 2)]),
    ),
    max_size=8,
)


@pytest.fixture
def administrators(person: Callable[..., Account], ada: Account) -> tuple[Actor, Actor]:
    """Ada and Noor."""
    noor = person("Noor Quenington", Role.ADMINISTRATOR)
    return actor_for(ada, Role.ADMINISTRATOR), actor_for(noor, Role.ADMINISTRATOR)


@pytest.fixture
def pair(person: Callable[..., Account]) -> tuple[str, str]:
    """The accounts of a father and a daughter, whose names are nearly the same."""
    return person("Sam Lowe", Role.PRACTITIONER).ref, person("S Lowe", Role.MANAGER).ref


def ask(actor: Actor, pair: tuple[str, str], at: datetime) -> str:
    commands.ask(actor=actor, one=pair[0], other=pair[1], reason=REASON, at=at)
    return ToldApart.objects.get(ended_at=None).ref


def test_they_are_two_people_once_a_second_administrator_confirmed_and_one_again_when_it_ends(
    administrators: tuple[Actor, Actor], pair: tuple[str, str], now: datetime
) -> None:
    ada, noor = administrators

    row = ask(ada, pair, now)
    asked = are_one_person(*pair)
    commands.confirm(actor=noor, ref=row, at=now)
    confirmed = are_one_person(*pair), count(pair)
    commands.end(actor=ada, ref=row, at=now)
    commands.end(actor=noor, ref=row, at=now)

    assert (asked, confirmed, are_one_person(*pair)) == (True, (False, 2), True)
    found = AuditEvent.objects.filter(
        action__in=["accounts.tell_apart", "accounts.confirm_apart"], allowed=True
    )
    assert set(found.values_list("who", flat=True)) == {ada.who, noor.who}
    assert ToldApart.objects.get().ended_by == ada.who
    assert ask(noor, pair, now) != row


def test_the_administrator_who_asked_cannot_confirm(
    administrators: tuple[Actor, Actor], pair: tuple[str, str], now: datetime
) -> None:
    row = ask(administrators[0], pair, now)

    with pytest.raises(gate.NotFound):
        commands.confirm(actor=administrators[0], ref=row, at=now)

    assert are_one_person(*pair)


def test_another_account_of_the_administrator_who_asked_cannot_confirm(
    administrators: tuple[Actor, Actor], pair: tuple[str, str], person: Callable[..., Account], now: datetime
) -> None:
    row = ask(administrators[0], pair, now)
    second = actor_for(person("A Linnet", Role.ADMINISTRATOR), Role.ADMINISTRATOR)

    with pytest.raises(Refused):
        commands.confirm(actor=second, ref=row, at=now)


def test_what_was_answered_is_not_answered_again(
    administrators: tuple[Actor, Actor], pair: tuple[str, str], ada: Account, now: datetime
) -> None:
    row = ask(administrators[0], pair, now)
    commands.confirm(actor=administrators[1], ref=row, at=now)

    with pytest.raises(Refused):
        commands.confirm(actor=administrators[1], ref=row, at=now)
    with pytest.raises(Refused):
        ask(administrators[1], pair, now)
    with pytest.raises(Refused):
        ask(administrators[1], (pair[0], ada.ref), now)


def test_asking_twice_asks_once(
    administrators: tuple[Actor, Actor], pair: tuple[str, str], now: datetime
) -> None:
    ask(administrators[0], pair, now)

    with pytest.raises(Refused):
        ask(administrators[1], (pair[1], pair[0]), now)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_no_account_makes_itself_two_people(
    administrators: tuple[Actor, Actor], person: Callable[..., Account], now: datetime, moves: list[Move]
) -> None:
    """Whatever a person with three accounts does, and whatever one administrator does beside them."""
    ToldApart.objects.filter(ended_at=None).update(ended_at=now, ended_by="an earlier example")
    names = ("Sam Lowe", "S Lowe", "Lowe Sam")
    own = [Account.objects.filter(name=name).first() or person(name, Role.ADMINISTRATOR) for name in names]
    actors = [*(actor_for(one, Role.ADMINISTRATOR) for one in own), administrators[0]]

    for move, who, (one, other) in moves:
        actor = actors[who]
        try:
            if move == "ask":
                commands.ask(actor=actor, one=own[one].ref, other=own[other].ref, reason=REASON, at=now)
            else:
                answer = commands.confirm if move == "confirm" else commands.end
                row = ToldApart.objects.filter(ended_at=None).first()
                answer(actor=actor, ref=row.ref if row else "k7f2m9qxw4bc", at=now)
        except (gate.NotOpened, Refused):
            continue

    assert count(one.ref for one in own) == 1
    assert all(are_one_person(own[one].ref, own[other].ref) for one, other in [(0, 1), (0, 2), (1, 2)])


def test_a_device_that_two_people_shared_earlier_makes_them_one_no_more(
    person: Callable[..., Account], now: datetime
) -> None:
    accounts = person("Ada Wren", Role.PRACTITIONER), person("Bea Larch", Role.MANAGER)
    for account in accounts:
        sign_in(account, "shared", now - queries.SHARED_WITHIN)
    shared = are_one_person(*(one.ref for one in accounts))
    sign_in(accounts[0], "own", now)

    assert (shared, are_one_person(*(one.ref for one in accounts))) == (True, False)


def sign_in(account: Account, device: str, at: datetime) -> None:
    SignIn.objects.create(
        grant=account.grants.get(), device="", known_device=device, began_at=at, last_seen_at=at
    )


def text(answer: object) -> str:
    found: str = answer.content.decode()  # type: ignore[attr-defined]  # an answer of Django's client
    return found


@pytest.fixture
def browsers(
    administrators: tuple[Actor, Actor], signed_in: SignedIn, now: datetime
) -> tuple[Client, Client]:
    """Ada and Noor, who signed in just now."""
    found = tuple(signed_in(Account.objects.get(ref=one.who)) for one in administrators)
    SignIn.objects.update(confirmed_at=now)
    return found  # type: ignore[return-value]  # two


def test_the_pages_lead_two_administrators_through_it(
    browsers: tuple[Client, Client], pair: tuple[str, str]
) -> None:
    ada, noor = browsers
    address = f"{PEOPLE}{pair[0]}/apart/{pair[1]}/"

    offered = text(ada.get(PEOPLE))
    form = text(ada.get(address))
    empty = ada.post(address, {"reason": ""})
    asked = text(ada.post(address, {"reason": REASON}, follow=True))
    theirs = text(noor.get(PEOPLE))
    row = ToldApart.objects.get().ref
    confirmed = text(noor.post(f"{PEOPLE}apart/{row}/confirm/", follow=True))
    again = text(noor.post(f"{PEOPLE}apart/{row}/confirm/", follow=True))
    ended = text(ada.post(f"{PEOPLE}apart/{row}/end/", follow=True))

    assert "They are two people" in offered
    assert "their names are the same or nearly so" in form
    assert (empty.status_code, "Say how you know" in text(empty)) == (422, True)
    assert "Another administrator has to confirm it" in asked
    assert "Confirm that they are two people" in theirs
    assert "Counted as two people" in confirmed
    assert f"Ada Linnet and Noor Quenington said so: {REASON}" in confirmed
    assert "Another administrator did this first" in again
    assert "They count as one person again" in ended
    assert "Counted as two people" not in ended


def test_an_administrator_who_is_one_of_them_is_told_to_leave_it_to_another(
    browsers: tuple[Client, Client], person: Callable[..., Account], ada: Account
) -> None:
    other = person("A Linnet", Role.PRACTITIONER)
    third = person("Linnet Ada", Role.MANAGER)

    page = text(browsers[0].get(PEOPLE))
    answer = browsers[0].post(f"{PEOPLE}{other.ref}/apart/{third.ref}/", {"reason": REASON})

    assert "You cannot say that they are two people: you are one of them" in page
    assert answer.status_code == 422
    assert "Another administrator has to do this" in text(answer)
    assert REASON in text(answer)


def test_a_confirmation_by_another_account_of_the_first_administrator_is_refused_in_words(
    browsers: tuple[Client, Client],
    administrators: tuple[Actor, Actor],
    pair: tuple[str, str],
    ada: Account,
    now: datetime,
) -> None:
    row = ask(administrators[0], pair, now)
    for actor in administrators:
        sign_in(Account.objects.get(ref=actor.who), "one desk", now)

    answer = browsers[1].post(f"{PEOPLE}apart/{row}/confirm/", follow=True)

    assert "Another administrator has to do this" in text(answer)


def test_two_accounts_of_nothing_in_common_have_no_such_page(
    browsers: tuple[Client, Client], pair: tuple[str, str], ada: Account
) -> None:
    noor = Account.objects.get(name="Noor Quenington")

    assert browsers[0].get(f"{PEOPLE}{pair[0]}/apart/{noor.ref}/").status_code == 404
    assert browsers[0].get(f"{PEOPLE}{pair[0]}/apart/nobody/").status_code == 404
    asked = browsers[0].post(f"{PEOPLE}{pair[0]}/apart/{noor.ref}/", {"reason": REASON})
    assert asked.status_code == 404


def test_a_session_that_was_left_open_tells_nobody_apart(
    browsers: tuple[Client, Client], administrators: tuple[Actor, Actor], pair: tuple[str, str], now: datetime
) -> None:
    row = ask(administrators[0], pair, now)
    SignIn.objects.update(confirmed_at=None)

    assert browsers[1].post(f"{PEOPLE}apart/{row}/confirm/").status_code == 401
    assert browsers[1].get(f"{PEOPLE}{pair[0]}/apart/{pair[1]}/").status_code == 401
    assert are_one_person(*pair)
