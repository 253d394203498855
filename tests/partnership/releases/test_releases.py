"""Two people and the service of the protected person release the words of an order: nobody alone lets a place through."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories as police
from tests.partnership.orders import factories
from tests.programme.reading import text

from desist import locators
from desist.accounts.models import Account
from desist.partnership.applications import commands as applications
from desist.partnership.orders import commands as orders
from desist.partnership.orders import notices, wording
from desist.partnership.orders.models import Order
from desist.partnership.pages.home import queries as home
from desist.partnership.pairs import commands as pairs
from desist.partnership.pairs.states import Said
from desist.partnership.releases import chores, commands, queries, reasons, telling
from desist.partnership.releases.models import Clearance, Release
from desist.partnership.releases.states import TRANSITIONS, Clearing, Reason, State
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import ByHandTask
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor, Role
from desist.wall.gate import Forbidden, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = staff.NOW
DAY = timedelta(days=1)
PLANTED = "12 Quarry Lane, ZZ99 9ZZ"
WHY = "He was arrested there twice and knows it"
ASKED = commands.Asked(Reason.NEEDED, "He cannot keep away from a place that he is not told")


@pytest.fixture
def emrys(db: None) -> Account:
    return staff.account(name="Emrys Kettlewick")


@pytest.fixture
def coordinator(emrys: Account) -> Actor:
    return Actor(who=emrys.ref, role=Role.ORDER_COORDINATOR, area=staff.AREA, correlation=uuid.uuid4())


@pytest.fixture
def lead(db: None) -> Actor:
    """Someone else of the force, with the same right."""
    hollis = staff.account(name="Hollis Varnavides")
    return Actor(who=hollis.ref, role=Role.FORCE_LEAD, area=staff.AREA, correlation=uuid.uuid4())


def leading(**fields: Any) -> Order:
    """An order that was made, with a condition that names a place."""
    order = factories.made(conditions=0, referral=police.referral(), **fields)
    factories.condition(order=order, text=f"Not to go to {PLANTED}", channel="area", area_kinds=["home"])
    police.partner()
    return order


def ask(actor: Actor, order: Order, asked: commands.Asked = ASKED, at: datetime = AT) -> Release:
    order.refresh_from_db()
    commands.ask(
        actor=actor, order=order.ref, asked=asked, submission=uuid.uuid4().hex, version=order.version, at=at
    )
    return order.releases.get(state=State.ASKED)


def answer(asked: Clearance, word: str, at: datetime = AT, **changes: Any) -> None:
    payload = payloads.ClearanceAnswer(clearance=asked.token, answer=word, answered_at=at)
    side = asked.side
    received = Received(replace(payload, **changes), side.thread, side.advocacy, at, actors.post())
    with transaction.atomic():
        commands.note_answer(received)


def told(kind: str) -> list[str]:
    return [task.text for task in ByHandTask.objects.filter(kind=kind).order_by("pk")]


# -- one person alone ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"text": f"Not to go to {PLANTED}"},
        {"text": "Not to ring 07700 900123"},
        {"channel": "area", "area_words": "the bakery where she works"},
        {"necessity": f"He waited at {PLANTED} on forty days"},
    ],
)
def test_nobody_alone_lets_words_through_that_may_lead_to_somebody(
    coordinator: Actor, fields: dict[str, Any]
) -> None:
    order = factories.made(conditions=0)
    factories.condition(order=order, **fields)

    with pytest.raises(Refused, match="A second person has not released the words of condition 1"):
        orders.prepare_service(actor=coordinator, ref=order.ref, version=1, at=AT)
    asked = ask(coordinator, order, commands.Asked(Reason.SERVED, WHY))
    with pytest.raises(Refused, match="a colleague has to decide"):
        commands.release(actor=coordinator, ref=asked.ref, words=WHY, at=AT)

    order.refresh_from_db()
    assert order.state == "made"


def test_with_a_second_person_the_words_may_be_served(coordinator: Actor, lead: Actor) -> None:
    order = leading()
    asked = ask(coordinator, order, commands.Asked(Reason.IN_COURT, WHY))

    commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT)
    order.refresh_from_db()
    orders.prepare_service(actor=coordinator, ref=order.ref, version=order.version, at=AT)

    order.refresh_from_db()
    assert order.state == "to_serve"


def test_after_the_smallest_edit_the_words_wait_again(coordinator: Actor, lead: Actor) -> None:
    order = leading()
    asked = ask(coordinator, order, commands.Asked(Reason.SERVED, WHY))
    commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT)

    order.conditions.update(text=f"Not to go to {PLANTED}.")

    order.refresh_from_db()
    with pytest.raises(Refused):
        orders.prepare_service(actor=coordinator, ref=order.ref, version=order.version, at=AT)


def test_words_that_were_rewritten_while_they_waited_are_not_released(
    coordinator: Actor, lead: Actor
) -> None:
    order = leading()
    asked = ask(coordinator, order, commands.Asked(Reason.SERVED, WHY))
    order.conditions.update(text="Not to go to 14 Quarry Lane")

    with pytest.raises(Refused, match="changed since"):
        commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT)

    assert wording.released(order) == frozenset()


def test_the_database_lets_nobody_release_what_they_asked_for(coordinator: Actor) -> None:
    asked = ask(coordinator, leading())

    with pytest.raises(IntegrityError, match="nobody_releases_what_they_asked_for"), transaction.atomic():
        Release.objects.filter(pk=asked.pk).update(
            state="released", decided_by=coordinator.who, decided_at=AT
        )


@pytest.mark.parametrize(
    "words", ["ok", "agreed by me", "It is ok.", " " * 40, f"He knows {PLANTED} already"]
)
def test_a_reason_is_a_sentence_that_leads_nowhere(coordinator: Actor, lead: Actor, words: str) -> None:
    order = leading()
    with pytest.raises(Refused):
        ask(coordinator, order, commands.Asked(Reason.SERVED, words))
    asked = ask(coordinator, order, commands.Asked(Reason.SERVED, WHY))

    for command in (commands.release, commands.send_back):
        with pytest.raises(Refused):
            command(actor=lead, ref=asked.ref, words=words, at=AT)

    assert Release.objects.get().state == "asked"
    assert reasons.wrong(WHY) == ""


def test_another_area_and_an_officer_release_nothing(coordinator: Actor, lead: Actor) -> None:
    asked = ask(coordinator, leading(), commands.Asked(Reason.SERVED, WHY))

    with pytest.raises(NotFound):
        commands.release(actor=replace(lead, area=staff.ELSEWHERE), ref=asked.ref, words=WHY, at=AT)
    with pytest.raises(Forbidden):
        commands.release(actor=replace(lead, role=Role.OFFICER), ref=asked.ref, words=WHY, at=AT)

    assert Release.objects.get().state == "asked"


def test_a_change_of_the_court_passes_the_same_gate(coordinator: Actor) -> None:
    order = factories.in_force(conditions=0)
    factories.condition(order=order, text=f"Not to go to {PLANTED}")
    asked = factories.application(order=order, outcome="granted", decided_on=date(2026, 2, 20))

    with pytest.raises(Refused):
        applications.settle(
            actor=coordinator, ref=order.ref, application=asked.ref, on=date(2026, 2, 21), version=1, at=AT
        )


# -- what the programme hears ----------------------------------------------------------------------------------------


def test_the_programme_hears_the_kind_of_area_and_no_word_until_two_people_let_it(
    coordinator: Actor, lead: Actor
) -> None:
    police.partner()
    order = factories.made(conditions=0, state="to_serve", referral=police.referral())
    factories.condition(
        order=order, channel="area", area_kinds=["work"], area_words="the bakery where she works"
    )
    with transaction.atomic():
        notices.tell_programme(order, notices.Event.MADE, on=AT.date(), at=AT)

    asked = ask(coordinator, order, commands.Asked(Reason.IN_COURT, WHY))
    commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT + DAY)

    before, after = told("order-notice")
    assert f"Workplace: {notices.ASK}" in before
    assert "bakery" not in before
    assert "Workplace: the bakery where she works" in after


def test_a_kind_without_words_is_told_as_it_is() -> None:
    order = factories.made(conditions=0)
    only = factories.condition(order=order, channel="area", area_kinds=["home", "route"])
    nothing = factories.condition(order=order, number=2, channel="area")

    assert notices.exclusion(only, ()) == "Home, A route"
    assert notices.exclusion(nothing, ()) == notices.ASK


def test_of_an_order_that_is_not_made_the_programme_hears_nothing_when_its_words_are_released(
    coordinator: Actor, lead: Actor
) -> None:
    order = factories.applied(referral=police.referral())
    asked = ask(coordinator, order)

    commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT)

    assert not ByHandTask.objects.exists()


# -- the clearance of the protected person's service -----------------------------------------------------------------


def test_where_a_client_stands_behind_the_crime_their_service_is_asked_with_the_exact_words(
    coordinator: Actor,
) -> None:
    order = leading()
    police.side()
    police.side(crime_reference="45/99999/26", advocacy="lantern")
    ask(coordinator, order)

    chores.run(at=AT)
    chores.run(at=AT)

    (task,) = ByHandTask.objects.filter(kind="clearance-request")
    assert task.partner.name == police.ADVOCACY
    assert f"1. Not to go to {PLANTED} Area: Home." in task.text
    assert PLANTED not in "".join(told("order-notice"))


@pytest.mark.parametrize("reason", [Reason.SERVED, Reason.IN_COURT, Reason.OWN])
def test_what_the_person_knows_already_needs_no_clearance(coordinator: Actor, reason: Reason) -> None:
    order = leading()
    police.side()

    asked = ask(coordinator, order, commands.Asked(reason, WHY))
    chores.run(at=AT)

    assert asked.answer_by is None
    assert not Clearance.objects.exists()


def test_words_that_lead_nowhere_need_no_clearance(coordinator: Actor) -> None:
    assert ask(coordinator, factories.made()).answer_by is None


def stands(asked: Release, actor: Actor, at: datetime) -> tuple[str, str]:
    page = queries.decision(actor=actor, ref=asked.ref, at=at)
    assert page.open
    return str(page.open.clearing), page.open.cannot


def test_until_it_comes_a_clearance_looks_alike_whoever_stands_there_and_whatever_they_said(
    coordinator: Actor, lead: Actor
) -> None:
    alone, engaged = leading(), leading()
    engaged.protected.update(crime_reference="45/77777/26")
    police.side(crime_reference="45/77777/26")
    asked = {order.ref: ask(coordinator, order) for order in (alone, engaged)}
    chores.run(at=AT)
    answer(Clearance.objects.get(), "cleared")

    before = [stands(one, lead, AT + DAY - timedelta(seconds=1)) for one in asked.values()]
    after = [stands(one, lead, AT + DAY) for one in asked.values()]

    assert before == [("waiting", "The clearance has not come yet")] * 2
    assert after == [("cleared", "")] * 2
    for one in asked.values():
        with pytest.raises(Refused):
            commands.release(actor=lead, ref=one.ref, words=WHY, at=AT)
        commands.release(actor=lead, ref=one.ref, words=WHY, at=AT + DAY)
    assert [text.count(PLANTED) for text in told("order-notice")] == [0, 0]


def test_words_that_a_service_refused_are_released_by_nobody(coordinator: Actor, lead: Actor) -> None:
    order = leading()
    police.side()
    asked = ask(coordinator, order)
    chores.run(at=AT)
    answer(Clearance.objects.get(), "cleared")
    answer(Clearance.objects.get(), "refused", at=AT + timedelta(hours=1))

    with pytest.raises(Refused, match="in other words"):
        commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT + DAY)
    with pytest.raises(Refused, match="still has to answer"):
        commands.go_on(actor=lead, ref=asked.ref, words=WHY, at=AT + DAY)
    commands.send_back(actor=lead, ref=asked.ref, words="Write it without the street, please", at=AT + DAY)

    assert Release.objects.get().state == "sent_back"
    with pytest.raises(Refused, match="first"):
        commands.send_back(actor=lead, ref=asked.ref, words=WHY, at=AT + DAY)


def test_without_an_answer_two_people_decide_and_each_says_why(coordinator: Actor, lead: Actor) -> None:
    order = leading()
    police.side()
    asked = ask(coordinator, order)
    chores.run(at=AT)
    late = AT + DAY

    with pytest.raises(Refused, match="Say first why"):
        commands.release(actor=lead, ref=asked.ref, words=WHY, at=late)
    with pytest.raises(Refused, match="sentence"):
        commands.go_on(actor=lead, ref=asked.ref, words="ok", at=late)
    commands.go_on(actor=lead, ref=asked.ref, words="Rang Harbour twice, nobody is there", at=late)
    with pytest.raises(Refused, match="without an answer, so a colleague"):
        commands.release(actor=lead, ref=asked.ref, words=WHY, at=late)
    third = replace(lead, who=staff.account(name="Wren Ashby").ref)
    commands.release(actor=third, ref=asked.ref, words=WHY, at=late)

    found = Release.objects.get()
    assert (found.state, found.without_by, found.decided_by) == ("released", lead.who, third.who)


def test_an_answer_that_came_after_all_is_the_one_that_holds(coordinator: Actor, lead: Actor) -> None:
    order = leading()
    police.side()
    asked = ask(coordinator, order)
    chores.run(at=AT)
    commands.go_on(actor=coordinator, ref=asked.ref, words="Rang Harbour twice, nobody is there", at=AT + DAY)
    answer(Clearance.objects.get(), "refused", at=AT + DAY)

    with pytest.raises(Refused, match="in other words"):
        commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT + DAY)


def test_a_client_who_wants_to_hear_no_more_keeps_nobody_waiting(
    coordinator: Actor, lead: Actor, actor: Actor
) -> None:
    order = leading()
    side = police.side()
    asked = ask(coordinator, order)
    chores.run(at=AT)
    said = Said("Fable", AT)
    pairs.type_in_end(actor=actor, ref=side.ref, said=said, version=1, at=AT)

    assert stands(asked, lead, AT + DAY) == (Clearing.CLEARED, "")


def test_a_service_that_is_no_longer_written_to_is_no_answer(coordinator: Actor, lead: Actor) -> None:
    order = leading()
    police.side()
    police.partner(name=police.ADVOCACY).__class__.objects.filter(name=police.ADVOCACY).update(ended_at=AT)
    asked = ask(coordinator, order)

    chores.run(at=AT)

    assert told("clearance-request") == []
    assert stands(asked, lead, AT + DAY)[0] == "unanswered"


def test_of_two_protected_people_each_service_is_asked_about_its_own_client_alone(coordinator: Actor) -> None:
    order = leading()
    order.protected.create(crime_reference="45/55555/26", standing="other")
    factories.condition(order=order, number=2, text="Not to ring 07700 900555", protects=["45/55555/26"])
    police.side()
    police.side(crime_reference="45/55555/26", advocacy="lantern")
    with pytest.raises(Refused, match="whom condition 1 protects"):
        ask(coordinator, order)
    order.conditions.filter(number=1).update(protects=["45/01234/26"])

    ask(coordinator, order)
    chores.run(at=AT)

    texts = {task.partner.name: task.text for task in ByHandTask.objects.filter(kind="clearance-request")}
    assert [PLANTED in texts[name] for name in (police.ADVOCACY, "lantern")] == [True, False]
    assert ["900555" in texts[name] for name in (police.ADVOCACY, "lantern")] == [False, True]


@pytest.mark.parametrize("changes", [{"answer": "perhaps"}, {"clearance": "another"}])
def test_an_answer_to_nothing_is_kept_for_an_administrator(
    coordinator: Actor, changes: dict[str, Any]
) -> None:
    police.side()
    ask(coordinator, leading())
    chores.run(at=AT)

    with pytest.raises(CannotHandle):
        answer(Clearance.objects.get(), "cleared", **changes)


def test_asking_again_takes_the_place_of_the_question_before(coordinator: Actor, lead: Actor) -> None:
    order = leading()
    first = ask(coordinator, order)

    second = ask(coordinator, order, commands.Asked(Reason.SERVED, WHY))
    with pytest.raises(Refused, match="first"):
        commands.release(actor=lead, ref=first.ref, words=WHY, at=AT + DAY)
    commands.release(actor=lead, ref=second.ref, words=WHY, at=AT + DAY)

    assert [one.state for one in Release.objects.order_by("pk")] == ["overtaken", "released"]
    with pytest.raises(Refused, match="already"):
        ask(coordinator, order)


def test_a_question_whose_moment_is_over_or_that_was_decided_asks_no_service(
    coordinator: Actor, lead: Actor
) -> None:
    order = leading()
    asked = ask(coordinator, order)
    police.side()

    commands.ask_services(actor=actors.clock(), ref=asked.ref, at=AT + DAY)
    commands.send_back(actor=lead, ref=asked.ref, words="Write it without the street, please", at=AT)
    commands.ask_services(actor=actors.clock(), ref=asked.ref, at=AT)

    assert not Clearance.objects.exists()


# -- a refusal is passed over by nobody -------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", list(Reason))
def test_words_that_a_service_refused_are_not_asked_for_again_until_it_answers_otherwise(
    coordinator: Actor, lead: Actor, reason: Reason
) -> None:
    order = leading()
    police.side()
    ask(coordinator, order)
    chores.run(at=AT)
    answer(Clearance.objects.get(), "refused")
    again = commands.Asked(reason, WHY)

    with pytest.raises(Refused, match="refused the words of condition 1"):
        ask(coordinator, order, again, at=AT + DAY)
    answer(Clearance.objects.get(), "cleared", at=AT + DAY)

    assert ask(coordinator, order, again, at=AT + DAY).state == "asked"


def test_other_words_than_those_that_were_refused_are_asked_for(coordinator: Actor) -> None:
    order = leading()
    factories.condition(order=order, number=2)
    police.side()
    ask(coordinator, order)
    chores.run(at=AT)
    answer(Clearance.objects.get(), "refused")
    order.conditions.filter(number=1).update(text="Not to go there")

    assert ask(coordinator, order, at=AT + DAY).state == "asked"


@pytest.mark.parametrize("word", ["cleared", "refused", ""])
def test_another_reason_comes_no_sooner_than_the_clearance_that_was_asked_for(
    coordinator: Actor, lead: Actor, word: str
) -> None:
    """Alike, whatever was answered meanwhile: sooner nobody learns that a service was asked."""
    order = leading()
    police.side()
    ask(coordinator, order)
    chores.run(at=AT)
    if word:
        answer(Clearance.objects.get(), word)

    second = ask(coordinator, order, commands.Asked(Reason.SERVED, WHY), at=AT + timedelta(hours=1))

    assert stands(second, lead, AT + timedelta(hours=2)) == ("waiting", "The clearance has not come yet")
    assert stands(second, lead, AT + DAY)[0] == ("refused" if word == "refused" else "unanswered")


def test_a_release_that_was_asked_for_before_the_refusal_counted_is_stopped_by_it(
    coordinator: Actor, lead: Actor
) -> None:
    order = leading()
    police.side()
    ask(coordinator, order)
    chores.run(at=AT)
    answer(Clearance.objects.get(), "refused")
    second = ask(coordinator, order, at=AT + timedelta(hours=1))

    with pytest.raises(Refused, match="refused"):
        commands.release(actor=lead, ref=second.ref, words=WHY, at=AT + 2 * DAY)


def test_a_refusal_after_the_release_is_written_down_and_stays_under_to_do_until_it_is_put_right(
    coordinator: Actor, lead: Actor, desk: Client
) -> None:
    order = leading()
    police.side()
    asked = ask(coordinator, order)
    chores.run(at=AT)
    answer(Clearance.objects.get(), "cleared")
    commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT + DAY)
    assert queries.too_late(actor=coordinator, at=AT + DAY) == ()

    answer(Clearance.objects.get(), "refused", at=AT + DAY)
    page = text(desk.get(reverse("orders:order", args=[order.ref])))
    (line,) = queries.too_late(actor=coordinator, at=AT + DAY)
    lines = [one for group in home.to_do(actor=lead, at=AT + DAY) for one in group.lines]
    (due,) = [one for one in lines if "advocacy" in one.words]
    officer = replace(lead, role=Role.OFFICER)
    answer(Clearance.objects.get(), "cleared", at=AT + 2 * DAY)

    assert "An advocacy service refused words that were released: condition 1" in page
    assert PLANTED not in order.happenings.latest("pk").title
    assert (line.order, line.asked_at) == (order.ref, AT + DAY)
    assert (due.name, due.words) == (
        "Robin Example",
        "ring the advocacy service, which refused released words of the order",
    )
    assert (due.route, due.late) == ("orders:order", True)
    assert queries.too_late(actor=officer, at=AT + 2 * DAY) == ()
    assert queries.too_late(actor=coordinator, at=AT + 2 * DAY) == ()


# -- nobody was asked -------------------------------------------------------------------------------------------------


def test_where_a_service_was_never_asked_nothing_is_cleared(coordinator: Actor, lead: Actor) -> None:
    """The clock stood still for the day, or the client was linked when it was over."""
    order = leading()
    asked = ask(coordinator, order)
    police.side()

    before = stands(asked, lead, AT + DAY - timedelta(seconds=1))
    after = stands(asked, lead, AT + DAY)
    with pytest.raises(Refused, match="No answer came"):
        commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT + DAY)
    commands.go_on(actor=coordinator, ref=asked.ref, words="Rang Harbour twice, nobody is there", at=AT + DAY)
    commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT + DAY)

    assert before == ("waiting", "The clearance has not come yet")
    assert after[0] == "unanswered"


# -- what the advocate reads ------------------------------------------------------------------------------------------


def test_the_advocate_reads_what_a_second_person_released_and_how_many_words_wait(
    coordinator: Actor, lead: Actor
) -> None:
    order = factories.in_force(conditions=2)
    police.side()
    chores.run(at=AT)
    asked = ask(coordinator, order)
    commands.release(actor=lead, ref=asked.ref, words=WHY, at=AT)
    order.conditions.filter(number=2).update(text="Not to write to her")

    chores.run(at=AT)
    chores.run(at=AT + DAY)

    before, after = told("order-for-client")
    assert "Conditions: none" in before
    assert "Waiting: 2" in before
    assert "Not to contact the protected person" in after
    assert "Not to write to her" not in after
    assert "Waiting: 1" in after
    for secret in ("Forty calls", order.token, order.ref, "Example"):
        assert secret not in before + after


def test_an_advocate_of_another_protected_person_reads_nothing_that_is_not_theirs(
    coordinator: Actor, lead: Actor
) -> None:
    order = factories.in_force(conditions=0)
    factories.condition(order=order, text="Not to telephone", protects=["45/01234/26"])
    order.protected.create(crime_reference="45/55555/26", standing="other")
    police.side(crime_reference="45/55555/26")
    commands.release(actor=lead, ref=ask(coordinator, order).ref, words=WHY, at=AT)

    chores.run(at=AT)

    (text_,) = told("order-for-client")
    assert "Conditions: none" in text_
    assert "Waiting: 0" in text_


def test_until_it_is_said_whom_a_condition_protects_it_waits_for_each_of_them(coordinator: Actor) -> None:
    order = factories.in_force(conditions=2)
    factories.released(order=order)
    order.protected.create(crime_reference="45/55555/26", standing="other")
    police.side()
    police.side(crime_reference="45/55555/26")

    chores.run(at=AT)

    assert ["Waiting: 2" in one for one in told("order-for-client")] == [True, True]
    assert ["Conditions: none" in one for one in told("order-for-client")] == [True, True]


def test_who_is_linked_later_reads_the_order_too_and_hears_of_its_end_once(
    coordinator: Actor, lead: Actor
) -> None:
    order = factories.in_force()
    never = factories.in_force(state="discharged", closed_on=date(2026, 2, 20))
    commands.release(actor=lead, ref=ask(coordinator, order).ref, words=WHY, at=AT)
    assert queries.untold_orders() == ()
    police.side()

    chores.run(at=AT)
    Order.objects.filter(pk=order.pk).update(state="discharged", closed_on=AT.date(), version=9)
    chores.run(at=AT)
    chores.run(at=AT)

    assert never.ref not in queries.untold_orders()
    assert ["Standing: served" in one for one in told("order-for-client")] == [True, False]
    assert "Standing: ended" in told("order-for-client")[1]


def test_an_order_that_another_force_took_over_is_not_told_as_ended(coordinator: Actor) -> None:
    order = factories.in_force()
    police.side()
    chores.run(at=AT)
    Order.objects.filter(pk=order.pk).update(
        state="moved", closed_on=AT.date(), moved_to="other-police", version=9
    )

    telling.tell_clients(actor=actors.clock(), ref=order.ref, at=AT)

    assert queries.untold_orders() == ()
    assert len(told("order-for-client")) == 1


def test_what_changed_for_nobody_is_told_to_nobody() -> None:
    order = factories.in_force()
    police.side()
    chores.run(at=AT)
    Order.objects.filter(pk=order.pk).update(version=2)

    chores.run(at=AT)

    assert len(told("order-for-client")) == 1
    assert queries.untold_orders() == ()


# -- the pages ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(emrys: Account) -> Client:
    return staff.browser(account=emrys, role=Role.ORDER_COORDINATOR)


@pytest.fixture
def other(db: None) -> Client:
    return staff.browser(account=staff.account(name="Hollis Varnavides"), role=Role.FORCE_LEAD)


def test_two_people_release_words_on_their_pages(desk: Client, other: Client) -> None:
    order = leading()
    address = reverse("releases:ask", args=[order.ref])
    assert "nobody else has released these words" in text(desk.get(reverse("orders:order", args=[order.ref])))
    assert PLANTED in text(desk.get(address))

    refused = desk.post(address, {"form_version": "1", "reason": "in_court", "words": "ok"})
    desk.post(address, {"form_version": "1", "reason": "in_court", "words": WHY})
    release = Release.objects.get()
    page = reverse("releases:decide", args=[release.ref])
    own = desk.post(page, {"decision": "release", "words": WHY})
    assert "decide about the words" in text(other.get("/"))
    assert "decide about the words" not in text(desk.get("/"))
    assert PLANTED in text(other.get(page))
    other.post(page, {"decision": "release", "words": WHY})

    assert refused.status_code == own.status_code == 422
    assert "is not a reason" in text(refused)
    assert "a colleague has to decide" in text(own)
    release.refresh_from_db()
    assert release.state == "released"


def test_words_are_sent_back_on_the_page_and_what_was_typed_is_kept(desk: Client, other: Client) -> None:
    asked_by_desk = leading()
    desk.post(
        reverse("releases:ask", args=[asked_by_desk.ref]),
        {"form_version": "1", "reason": "needed", "words": WHY},
    )
    release = Release.objects.get()
    page = reverse("releases:decide", args=[release.ref])

    kept = other.post(page, {"decision": "send_back", "words": "No"})
    other.post(page, {"decision": "send_back", "words": "Write it without the street, please"})

    assert kept.status_code == 422
    release.refresh_from_db()
    assert release.state == "sent_back"


def test_why_it_goes_on_is_said_on_a_page_of_its_own(desk: Client, coordinator: Actor) -> None:
    order = leading()
    police.side()
    release = ask(coordinator, order)
    chores.run(at=AT)
    page = reverse("releases:go-on", args=[release.ref])

    kept = desk.post(page, {"words": "ok"})
    assert "Go on without an answer" in text(desk.get(reverse("releases:decide", args=[release.ref])))
    assert "Ring them before you go on" in text(desk.get(page))
    desk.post(page, {"words": "Rang Harbour twice, nobody is there"})

    assert kept.status_code == 422
    release.refresh_from_db()
    assert release.without_words == "Rang Harbour twice, nobody is there"


def test_a_condition_about_an_area_says_which_kind_and_for_whom(desk: Client) -> None:
    order = factories.draft(conditions=0)
    order.protected.create(crime_reference="45/55555/26", standing="other")
    address = reverse("conditions:add", args=[order.ref])
    known = {
        "form_version": "1",
        "kind": "prohibition",
        "text": "Not to go there",
        "channel": "area",
        "necessity": "He went there",
    }

    unsaid = desk.post(address, known)
    desk.post(
        address, {**known, "area_kinds": ["work", "route"], "area_words": "map A", "protects": "45/55555/26"}
    )

    assert unsaid.status_code == 422
    one = order.conditions.get()
    assert (one.area_kinds, one.area_words, one.protects) == (["work", "route"], "map A", ["45/55555/26"])
    page = text(desk.get(reverse("orders:order", args=[order.ref])))
    assert "Workplace, A route: map A" in page


def test_of_an_order_in_force_it_is_said_whom_a_condition_protects_and_then_it_is_released(
    desk: Client, coordinator: Actor, lead: Actor
) -> None:
    order = factories.in_force(conditions=0)
    area = factories.condition(order=order, channel="area", area_words="map A")
    order.protected.create(crime_reference="45/55555/26", standing="other")
    address = reverse("conditions:change", args=[order.ref, area.ref])
    assert address in desk.get(reverse("orders:order", args=[order.ref])).content.decode()
    page = text(desk.get(address))

    unsaid = desk.post(address, {"form_version": "1"})
    said = desk.post(
        address,
        {
            "form_version": "1",
            "area_kinds": ["work"],
            "protects": "45/55555/26",
            "text": "Other words",
            "area_words": "map B",
        },
    )
    commands.release(
        actor=lead, ref=ask(coordinator, order, commands.Asked(Reason.SERVED, WHY)).ref, words=WHY, at=AT
    )

    assert "Whom does it protect?" in page
    assert "The words of the condition" not in page
    assert (unsaid.status_code, said.status_code) == (422, 302)
    one = order.conditions.get()
    assert (one.area_kinds, one.protects) == (["work"], ["45/55555/26"])
    assert (one.text, one.area_words) == (area.text, "map A")
    assert wording.waiting(order) == ()


def test_a_settled_condition_about_no_area_that_protects_one_person_is_not_changed(desk: Client) -> None:
    order = factories.in_force()
    address = reverse("conditions:change", args=[order.ref, order.conditions.get().ref])

    answered = desk.post(address, {"form_version": "1", "protects": "45/55555/26", "area_kinds": ["home"]})

    assert address not in desk.get(reverse("orders:order", args=[order.ref])).content.decode()
    assert answered.status_code == 422
    assert "record the court’s variation first" in text(answered)
    one = order.conditions.get()
    assert (one.area_kinds, one.protects) == ([], [])


def test_where_the_check_is_broken_the_page_does_not_say_what_was_found(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(text: str) -> Any:
        raise RuntimeError(text[:0])

    order = factories.made()
    address = reverse("releases:ask", args=[order.ref])
    whole = text(desk.get(address))

    monkeypatch.setattr(locators, "find", unread)
    broken = text(desk.get(address))

    assert "Nothing was found" in whole
    assert "Desist could not check these words" in broken
    assert "Nothing was found" not in broken
    assert "An area in words" not in broken


def test_a_condition_about_something_else_keeps_no_area(desk: Client) -> None:
    order = factories.draft(conditions=0)
    known = {
        "form_version": "1",
        "kind": "prohibition",
        "text": "Not to write",
        "channel": "contact",
        "necessity": "He wrote",
        "area_kinds": ["work"],
        "area_words": "map A",
    }

    desk.post(reverse("conditions:add", args=[order.ref]), known)

    one = order.conditions.get()
    assert (one.area_kinds, one.area_words, one.protects) == ([], "", [])


def test_every_state_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(State)
