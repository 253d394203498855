"""What the police tell of a client's order, and the answer to whether words may be said."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.advocacy import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.advocacy.orders import commands, queries
from desist.advocacy.orders.models import ClearanceAsked, ClientOrder
from desist.advocacy.orders.states import TRANSITIONS, Answer
from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.police.commands import UnknownThread
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import ByHandTask
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW
THREAD = "the-thread"
PLANTED = "12 Quarry Lane, ZZ99 9ZZ"
TOLD = payloads.OrderForClient(
    order="order-1",
    standing="served",
    kind="full",
    made_on=date(2026, 2, 2),
    served_on="2026-02-03",
    ends_on="2028-02-01",
    conditions=(f"Not to go to {PLANTED}", "Not to write to her"),
    waiting=1,
    told_at=NOW,
)
ASKED = payloads.ClearanceRequest(
    clearance="clearance-1",
    words=(f"1. Not to go to {PLANTED}",),
    asked_at=NOW,
    answer_by=NOW + timedelta(days=1),
)
HANDLERS = {payloads.OrderForClient: commands.hear, payloads.ClearanceRequest: commands.hear_question}


@pytest.fixture
def client_of_fable(advocate: Advocate) -> Victim:
    """Robin, whom the police know."""
    factories.partner()
    return factories.victim(advocate=advocate, thread=THREAD, partner=factories.POLICE, way_in="police")


@pytest.fixture
def browser(fable: Account) -> Client:
    return staff.browser(account=fable, role=Role.ADVOCATE)


def hear(payload: payloads.Payload, *, thread: str = THREAD) -> None:
    with transaction.atomic():
        HANDLERS[type(payload)](Received(payload, thread, factories.POLICE, NOW, actors.post()))


def kept() -> str:
    """Everything that any table of the service holds, as text."""
    held = ""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name.startswith(("advocacy_", "wall_", "post_")):
                cursor.execute(f'SELECT t::text FROM "{name}" t')
                held += str(cursor.fetchall())
    return held


def end(victim: Victim) -> None:
    PairAsked.objects.create(
        victim=victim, state="ended", crime_reference="45/1/26", asked_by="fable", asked_at=NOW
    )


def test_the_advocate_reads_the_conditions_that_were_released(
    client_of_fable: Victim, browser: Client
) -> None:
    hear(TOLD)
    hear(replace(TOLD, order="order-2", conditions=(), waiting=0, standing="made", served_on="", ends_on=""))

    page = text(browser.get(reverse("orders:orders", args=[client_of_fable.ref])))

    for words in (f"Not to go to {PLANTED}", "Not to write to her", "1 condition waits", "Served, in force"):
        assert words in page
    assert "it does not bind the person until it is served" in page
    assert "No condition of this order is about your client" in page
    assert PLANTED not in kept()


def test_what_was_told_later_holds_in_whatever_order_it_comes(client_of_fable: Victim) -> None:
    later = replace(TOLD, standing="ended", ends_on="2026-03-01", told_at=NOW + timedelta(hours=1))

    for one in (later, TOLD, later):
        hear(one)

    row = ClientOrder.objects.get()
    assert (row.standing, row.ends_on) == ("ended", date(2026, 3, 1))


def test_a_client_without_an_order_is_told_what_will_stand_there(
    client_of_fable: Victim, browser: Client
) -> None:
    page = browser.get(reverse("orders:orders", args=[client_of_fable.ref]))

    assert "No order is known" in text(page)


@pytest.mark.parametrize(
    ("changes", "sentence"), [({"standing": "later code"}, "in no list"), ({"ends_on": "soon"}, "not a date")]
)
def test_what_cannot_be_read_waits_with_its_reason(
    client_of_fable: Victim, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CannotHandle, match=sentence):
        hear(replace(TOLD, **changes))

    assert not ClientOrder.objects.exists()


@pytest.mark.parametrize("payload", [TOLD, ASKED])
def test_of_somebody_who_is_not_known_yet_it_is_tried_again(
    client_of_fable: Victim, payload: payloads.Payload
) -> None:
    with pytest.raises(UnknownThread):
        hear(payload, thread="another")


@pytest.mark.parametrize("payload", [TOLD, ASKED])
def test_of_a_client_who_wants_to_hear_no_more_nothing_is_kept(
    client_of_fable: Victim, payload: payloads.Payload
) -> None:
    end(client_of_fable)

    hear(payload)

    assert not ClientOrder.objects.exists()
    assert not ClearanceAsked.objects.exists()


def test_a_question_waits_locked_and_is_answered_once_on_its_page(
    client_of_fable: Victim, browser: Client
) -> None:
    hear(ASKED)
    hear(ASKED)
    asked = ClearanceAsked.objects.get()
    page = reverse("orders:clearance", args=[asked.ref])
    assert PLANTED not in kept()
    assert PLANTED in text(browser.get(page))
    assert "say whether the police can serve words" in text(browser.get("/"))
    assert page in browser.get(reverse("orders:orders", args=[client_of_fable.ref])).content.decode()

    unsaid = browser.post(page, {"form_submission": "x"})
    browser.post(page, {"answer": "refused"})
    again = browser.post(page, {"answer": "refused"})

    assert unsaid.status_code == again.status_code == 422
    (task,) = ByHandTask.objects.all()
    assert (task.kind, PLANTED in task.text) == ("clearance-answer", False)
    assert "Answer: refused" in task.text
    assert "answered already" in text(again)
    assert PLANTED not in text(browser.get(page))
    assert "serve words" not in text(browser.get("/"))


def test_an_answer_is_put_right_by_a_later_one(client_of_fable: Victim, browser: Client) -> None:
    hear(ASKED)
    page = reverse("orders:clearance", args=[ClearanceAsked.objects.get().ref])

    for word in ("cleared", "refused"):
        browser.post(page, {"answer": word})

    assert ["Answer: cleared" in task.text for task in ByHandTask.objects.order_by("pk")] == [True, False]
    shown = text(browser.get(reverse("orders:orders", args=[client_of_fable.ref])))
    assert "Refused: the words lead to your client" in shown


def test_a_client_who_ended_it_meanwhile_is_answered_for_no_more(
    client_of_fable: Victim, advocate: Advocate, actor: Actor
) -> None:
    hear(ASKED)
    end(client_of_fable)

    with pytest.raises(Refused):
        commands.answer(actor=actor, ref=ClearanceAsked.objects.get().ref, answer=Answer.CLEARED, at=NOW)

    assert not ByHandTask.objects.exists()


def test_of_somebody_whose_key_was_destroyed_no_word_is_kept_or_shown(
    client_of_fable: Victim, browser: Client
) -> None:
    hear(ASKED)
    PersonKey.objects.filter(person=client_of_fable.ref).update(
        destroyed_at=NOW, destroyed_by="carol", wrapped=b""
    )

    hear(TOLD)
    hear(replace(ASKED, clearance="clearance-2"))

    page = browser.get(reverse("orders:clearance", args=[ClearanceAsked.objects.first().ref]))  # type: ignore[union-attr]
    assert "can no longer be read" in text(page)
    assert PLANTED not in text(browser.get(reverse("orders:orders", args=[client_of_fable.ref])))


def test_another_advocate_sees_no_question(client_of_fable: Victim) -> None:
    hear(ASKED)
    other = staff.browser(account=factories.account(name="Wren Ashby"), role=Role.ADVOCATE)
    factories.advocate(account=Account.objects.get(name="Wren Ashby"))

    page = other.get(reverse("orders:clearance", args=[ClearanceAsked.objects.get().ref]))

    assert page.status_code == 404
    assert "serve words" not in text(other.get("/"))


def test_what_is_late_is_late_and_a_closed_case_waits_for_nobody(
    client_of_fable: Victim, actor: Actor
) -> None:
    hear(ASKED)

    before = queries.due(actor=actor, at=NOW)
    after = queries.due(actor=actor, at=NOW + timedelta(days=2))
    Victim.objects.update(state="closed", closed_at=NOW)

    assert [one.late for one in (*before, *after)] == [False, True]
    assert queries.due(actor=actor, at=NOW) == ()


def test_every_answer_is_in_the_table() -> None:
    assert set(TRANSITIONS) == {"", *Answer}
