"""An order is offered to another force with a reason; until that force accepts, the sender holds it."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.partnership.orders import factories
from tests.partnership.orders.factories import OFFERED
from tests.programme.reading import text

from desist.keys import sitekeys
from desist.partnership.orders.models import Order
from desist.partnership.transfers import commands
from desist.partnership.transfers.models import Transfer
from desist.partnership.transfers.states import TRANSITIONS, State
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import ByHandTask, Outbox, Partner
from desist.post.transports import Transport
from desist.refusals import Changed, Refused
from desist.ui.dates import day_of
from desist.ui.words import WordsFound
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = staff.NOW
UNTIL = AT.date() + timedelta(days=14)
LATE = AT + timedelta(days=15)
HANDOVER = commands.Handover("other-police", "South", "Emrys, 01632 960 001", "He moved there", UNTIL)


@pytest.fixture
def other_force(db: None) -> Partner:
    keys = sitekeys.generate(site="other-police", on=date(2026, 1, 1))
    return Partner.objects.create(
        name="other-police",
        zone="partnership",
        title="Other Police",
        transport=Transport.COURIER,
        keys=keys.public.to_json(),
        phone="01632 960 007",
        added_at=AT,
    )


@pytest.fixture
def by_telephone(other_force: Partner) -> Partner:
    """The other force without software."""
    other_force.transport = Transport.BY_HAND
    other_force.save()
    return other_force


def offer(actor: Actor, order: Order, handover: commands.Handover = HANDOVER, **fields: Any) -> Transfer:
    fields = {"submission": uuid.uuid4().hex, "version": order.version, "at": AT, **fields}
    commands.offer(actor=actor, ref=order.ref, handover=handover, **fields)
    order.refresh_from_db()
    return Transfer.objects.latest("pk")


def arrives(handler: Callable[[Received], None], payload: payloads.Payload, thread: str) -> None:
    with transaction.atomic():
        handler(Received(payload, thread, "other-police", AT, actors.post()))


def answer_of(row: Transfer, answer: str, words: str = "") -> None:
    told = payloads.OrderHandoverAnswer(answer=answer, words=words, answered_at=AT)
    arrives(commands.note_answer, told, row.thread)
    row.refresh_from_db()


def withdrawal(thread: str) -> None:
    told = payloads.OrderHandoverWithdrawn(area=staff.AREA, withdrawn_at=AT)
    arrives(commands.note_withdrawal, told, thread)


@pytest.fixture
def incoming(emrys: Any, other_force: Partner) -> Transfer:
    """An offer of the other force that waits here."""
    staff.grant(account=emrys, role=Role.ORDER_COORDINATOR)
    arrives(commands.receive, OFFERED, "thread")
    return Transfer.objects.get()


def reply(actor: Actor, row: Transfer, answer: str, words: str = "", at: datetime = AT, **fields: Any) -> str:
    row.refresh_from_db()
    fields = {"version": row.version, **fields}
    return commands.answer(actor=actor, ref=row.ref, answer=answer, words=words, at=at, **fields)


def test_an_order_stays_until_the_other_force_accepts(coordinator: Actor, other_force: Partner) -> None:
    order = factories.in_force()

    row = offer(coordinator, order)

    assert (order.state, order.moved_to, Outbox.objects.get().kind) == ("in_force", "", "order-handover")
    answer_of(row, "accepted")
    order.refresh_from_db()
    assert (order.state, order.moved_to, order.closed_on) == ("moved", "other-police", AT.date())
    assert order.happenings.filter(title="Taken over by Other Police").exists()
    answer_of(row, "refused", "No")
    assert row.state == State.ACCEPTED


def test_a_refused_order_stays_with_the_words_and_can_be_offered_again(
    coordinator: Actor, desk: Client, other_force: Partner
) -> None:
    order = factories.in_force()
    row = offer(coordinator, order)

    answer_of(row, "refused", "He has moved on to Kent")

    order.refresh_from_db()
    assert order.state == "in_force"
    assert "He has moved on to Kent" in text(desk.get(f"/transfers/{order.ref}/"))
    assert offer(coordinator, order).state == State.OFFERED


def test_the_same_form_twice_offers_once_and_a_second_offer_waits_for_the_first(
    coordinator: Actor, other_force: Partner
) -> None:
    order = factories.in_force()
    for _ in range(2):
        offer(coordinator, order, submission="one", version=1)
    with pytest.raises(Refused, match="is offered to Other Police already"):
        offer(coordinator, order)
    with pytest.raises(Changed):
        offer(coordinator, order, version=1)

    assert Transfer.objects.count() == 1


def test_an_offer_that_lapsed_makes_room_for_the_next_and_a_late_acceptance_counts(
    coordinator: Actor, other_force: Partner
) -> None:
    order = factories.in_force()
    first = offer(coordinator, order)

    offer(coordinator, order, replace(HANDOVER, answer_by=LATE.date()), at=LATE)
    first.refresh_from_db()

    assert first.state == State.LAPSED
    answer_of(first, "accepted")
    order.refresh_from_db()
    assert order.state == "moved"


@pytest.mark.parametrize("then", ["accepted", "refused"])
def test_an_acceptance_that_crossed_a_withdrawal_counts_and_a_refusal_does_not(
    coordinator: Actor, other_force: Partner, then: str
) -> None:
    order = factories.in_force()
    row = offer(coordinator, order)
    for _ in range(2):
        commands.withdraw(actor=coordinator, ref=row.ref, at=AT)
    kinds = list(Outbox.objects.order_by("id").values_list("kind", flat=True))

    answer_of(row, then, "Words")
    order.refresh_from_db()

    assert kinds == ["order-handover", "order-handover-withdrawn"]
    assert (order.state, row.state) == (
        ("moved", "accepted") if then == "accepted" else ("in_force", "withdrawn")
    )


def test_an_offer_that_was_answered_is_not_withdrawn(coordinator: Actor, other_force: Partner) -> None:
    row = offer(coordinator, factories.in_force())
    answer_of(row, "accepted")

    with pytest.raises(Refused, match="answered or withdrawn since: taken over"):
        commands.withdraw(actor=coordinator, ref=row.ref, at=AT)


def test_an_order_that_ended_meanwhile_stays_ended(coordinator: Actor, other_force: Partner) -> None:
    order = factories.in_force()
    row = offer(coordinator, order)
    Order.objects.filter(pk=order.pk).update(state="discharged", closed_on=AT.date())

    answer_of(row, "accepted")

    order.refresh_from_db()
    assert (order.state, order.moved_to) == ("discharged", "")


@pytest.mark.parametrize(("thread", "answer"), [("unknown", "accepted"), ("", "perhaps")])
def test_an_answer_to_no_offer_waits_with_its_reason(
    coordinator: Actor, other_force: Partner, thread: str, answer: str
) -> None:
    row = offer(coordinator, factories.in_force())
    told = payloads.OrderHandoverAnswer(answer=answer, words="", answered_at=AT)

    with pytest.raises(CannotHandle, match="answers no offer"):
        arrives(commands.note_answer, told, thread or row.thread)


def test_an_order_before_the_court_not_served_or_ended_is_not_offered(
    coordinator: Actor, other_force: Partner
) -> None:
    asked = factories.in_force()
    factories.application(order=asked)
    ended = factories.in_force(state="discharged", closed_on=date(2026, 3, 1))
    for order, said in (
        (asked, "before the court"),
        (factories.made(state="made"), "that was served"),
        (factories.made(state="to_serve"), "that was served"),
        (ended, "Discharged"),
    ):
        with pytest.raises(Refused, match=said):
            offer(coordinator, order)

    assert not Outbox.objects.exists()
    assert not Transfer.objects.exists()


def test_a_reason_that_may_lead_to_a_person_is_not_sent(coordinator: Actor, other_force: Partner) -> None:
    leading = replace(HANDOVER, reason="She lives at 14 Heron Mill Lane, ring 01632 960123")

    with pytest.raises(WordsFound):
        offer(coordinator, factories.in_force(), leading)


def test_a_force_without_software_is_telephoned_and_its_answer_typed_in(
    coordinator: Actor, desk: Client, by_telephone: Partner
) -> None:
    order = factories.in_force()
    row = offer(coordinator, order)
    task = ByHandTask.objects.get()
    page = text(desk.get(f"/transfers/{order.ref}/"))
    sent = {"answer": "accepted", "words": "Sgt Vale takes it", "form_version": "1"}
    for _ in range(2):
        answer = desk.post(f"/transfers/{row.ref}/told/", sent, follow=True)

    assert "Reason: He moved there" in task.text
    assert "Record what they answered by telephone" in page
    assert "Their words Sgt Vale takes it" in text(answer)
    order.refresh_from_db()
    assert order.state == "moved"


def test_an_answer_of_a_force_with_software_is_not_typed_in(coordinator: Actor, other_force: Partner) -> None:
    row = offer(coordinator, factories.in_force())

    with pytest.raises(Refused, match="arrives through Desist"):
        commands.record_answer(actor=coordinator, ref=row.ref, answer="accepted", words="x", version=1, at=AT)


def test_an_offered_order_is_read_and_taken_over_by_clicks(desk: Client, incoming: Transfer) -> None:
    Transfer.objects.update(answer_by=day_of(timezone.now()) + timedelta(days=2))
    page = f"/transfers/offers/{incoming.ref}/"

    to_do, read = text(desk.get("/")), text(desk.get(page))
    sent = {"answer": "accepted", "form_version": "1"}
    taken = text(desk.post(page, sent, follow=True))
    again = desk.post(page, sent, follow=True)

    assert "decide whether to take over the order that Other Police offers" in to_do
    assert "Robin Example" in read
    assert "Not to contact the protected person" in read
    order = Order.objects.get()
    assert (order.state, order.moved_from, order.person.family_name) == (
        "in_force",
        "other-police",
        "Example",
    )
    assert "Served, in force" in taken
    assert again.status_code == 200
    assert "Open the order" in text(desk.get(page))
    assert list(Outbox.objects.values_list("kind", flat=True)) == ["order-handover-answer"]
    incoming.refresh_from_db()
    assert bytes(incoming.sealed_offer) == b""


def test_an_offered_order_is_refused_with_words_and_nothing_of_it_stays(
    coordinator: Actor, incoming: Transfer
) -> None:
    assert reply(coordinator, incoming, "refused", "He lives in Kent now") == ""
    assert reply(coordinator, incoming, "refused", "He lives in Kent now") == ""
    with pytest.raises(Refused, match="answered or withdrawn since: refused"):
        reply(coordinator, incoming, "accepted")

    incoming.refresh_from_db()
    assert (incoming.state, bytes(incoming.sealed_offer)) == ("refused", b"")
    assert not Order.objects.exists()


def test_an_offer_cannot_be_answered_after_its_last_day(coordinator: Actor, incoming: Transfer) -> None:
    with pytest.raises(Refused, match="Telephone Other Police, who can offer the order again"):
        reply(coordinator, incoming, "accepted", at=LATE)
    with pytest.raises(Changed):
        reply(coordinator, incoming, "accepted", version=7)


def test_a_withdrawn_offer_cannot_be_accepted_whichever_arrives_first(
    coordinator: Actor, incoming: Transfer
) -> None:
    for _ in range(2):
        withdrawal("thread")
    withdrawal("other thread")
    arrives(commands.receive, OFFERED, "other thread")

    for row in Transfer.objects.all():
        assert (row.state, bytes(row.sealed_offer)) == ("withdrawn", b"")
        with pytest.raises(Refused, match="withdrawn"):
            reply(coordinator, row, "accepted")


def test_an_order_taken_over_stays_when_a_withdrawal_comes_late(
    coordinator: Actor, incoming: Transfer
) -> None:
    ref = reply(coordinator, incoming, "accepted")
    assert reply(coordinator, incoming, "accepted") == ref

    withdrawal("thread")

    incoming.refresh_from_db()
    assert incoming.state == State.ACCEPTED
    assert Order.objects.get().state == "in_force"


def test_an_offer_that_cannot_be_read_is_not_taken_over(coordinator: Actor, incoming: Transfer) -> None:
    arrives(commands.receive, replace(OFFERED, condition_ends=()), "broken")
    row = Transfer.objects.get(thread="broken")

    with pytest.raises(Refused, match="do not fit together"):
        reply(coordinator, row, "accepted")


def test_offers_stand_in_the_to_do_of_both_and_overdue_ones_say_so(
    coordinator: Actor, desk: Client, incoming: Transfer
) -> None:
    order = factories.in_force()
    row = offer(coordinator, order, at=timezone.now())
    Transfer.objects.update(answer_by=day_of(timezone.now()) + timedelta(days=3))
    before = text(desk.get("/"))
    Transfer.objects.update(answer_by=day_of(timezone.now()) - timedelta(days=1))
    after = text(desk.get("/"))
    lapsed = text(desk.get(f"/transfers/{order.ref}/"))
    Transfer.objects.filter(pk=row.pk).update(
        state="refused", words="No", answered_by="post", answered_at=timezone.now()
    )
    refused = text(desk.get("/"))

    assert "Other Police answers whether it takes the order over" in before
    assert "Other Police did not answer, and the offer lapsed: ring them, or offer the order again" in after
    assert "the order that it offered was not answered, and the offer lapsed" in after
    assert "Lapsed without an answer" in lapsed
    assert "does not take the order over: read why" in refused


def test_an_order_is_offered_and_withdrawn_by_clicks(
    coordinator: Actor, desk: Client, other_force: Partner
) -> None:
    order, day = factories.in_force(), day_of(timezone.now()) + timedelta(days=7)
    until = {
        "answer_by-day": str(day.day),
        "answer_by-month": str(day.month),
        "answer_by-year": str(day.year),
    }
    sent = {"to": "other-police", "area": "South", "contact": "Emrys", "reason": "He moved", **until}

    page = desk.post(f"/transfers/{order.ref}/", {**sent, "form_version": "1"}, follow=True)
    row = Transfer.objects.get()
    over = desk.post(f"/transfers/{row.ref}/withdraw/", follow=True)

    assert "Offered. The order stays here until they accept." in text(page)
    assert "Withdrawn. The order stays here." in text(over)


def test_an_offer_is_found_on_its_own_side_alone(
    desk: Client, coordinator: Actor, incoming: Transfer
) -> None:
    row = offer(coordinator, factories.in_force())

    assert desk.get(f"/transfers/offers/{row.ref}/").status_code == 404
    assert desk.get(f"/transfers/{incoming.ref}/told/").status_code == 404


def test_every_state_of_an_offer_is_in_the_table() -> None:
    assert {*TRANSITIONS} == {*State}
