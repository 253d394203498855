"""From the draft to the end of an order: what the law lets happen, and what is refused with its reason."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from tests import staff
from tests.partnership.orders import factories

from desist.partnership.orders import commands
from desist.partnership.orders.models import Order
from desist.partnership.people.models import Person
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor
from desist.wall.gate import NotFound
from desist.wall.models import AuditEvent, Restriction

pytestmark = pytest.mark.django_db

AT = staff.NOW
BEGINNING = commands.Beginning("application", "Kent", "resides", "45/01234/26", "victim")
ROBIN = commands.NewPerson("Robin", "Example", date(1990, 2, 28))
MAKING = commands.Making(date(2026, 3, 1), date(2028, 2, 29), "application", "Northmere", "", None)


def again(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_an_order_begins_as_a_draft_with_its_person_and_leaves_an_audit_event(coordinator: Actor) -> None:
    ref = commands.start(actor=coordinator, subject=ROBIN, beginning=BEGINNING, submission="once", at=AT)

    order = Order.objects.get(ref=ref)
    assert (order.state, order.person.family_name, order.area) == ("draft", "Example", staff.AREA)
    assert list(order.protected.values_list("crime_reference", flat=True)) == ["45/01234/26"]
    assert AuditEvent.objects.filter(action="partnership.add_person", allowed=True).exists()


def test_the_same_form_sent_twice_is_one_order(coordinator: Actor) -> None:
    first = commands.start(actor=coordinator, subject=ROBIN, beginning=BEGINNING, submission="once", at=AT)
    second = commands.start(actor=coordinator, subject=ROBIN, beginning=BEGINNING, submission="once", at=AT)

    assert first == second
    assert (Order.objects.count(), Person.objects.count()) == (1, 1)


def test_a_further_order_about_a_known_person_stands_with_the_others(coordinator: Actor) -> None:
    person = factories.person()

    commands.start(actor=coordinator, subject=person.ref, beginning=BEGINNING, submission="two", at=AT)

    assert person.orders.count() == 1
    assert Person.objects.count() == 1


def test_an_order_without_conditions_is_not_applied_for(coordinator: Actor) -> None:
    order = factories.draft(conditions=0)

    with pytest.raises(Refused, match="Add the conditions"):
        commands.apply(
            actor=coordinator,
            ref=order.ref,
            applied_on=date(2026, 2, 1),
            court="Northmere",
            hearing_on=None,
            version=1,
            at=AT,
        )


def test_an_order_is_made_with_the_five_things_of_section_6(coordinator: Actor) -> None:
    order = factories.applied()

    commands.make(actor=coordinator, ref=order.ref, making=MAKING, version=1, at=AT)

    order = again(order)
    assert (order.state, order.made_on, order.ends_on) == ("made", date(2026, 3, 1), date(2028, 2, 29))
    assert order.happenings.filter(title="Made by the court").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": date(2028, 2, 28)}, "at least 2 years"),
        ({"ends_on": date(2026, 2, 1)}, "before it was made"),
        ({"made_on": date(2019, 5, 1)}, "before 20 January 2020"),
        ({"made_on": date(2026, 1, 1), "ends_on": None}, "before it was applied for"),
    ],
)
def test_an_order_with_impossible_dates_is_refused_and_nothing_changes(
    coordinator: Actor, changes: dict[str, date | None], sentence: str
) -> None:
    order = factories.applied()

    with pytest.raises(Refused, match=sentence):
        commands.make(
            actor=coordinator,
            ref=order.ref,
            making=replace(MAKING, **changes),  # type: ignore[arg-type]  # one field a row
            version=1,
            at=AT,
        )

    assert again(order).state == "applied"


def test_a_condition_longer_than_the_order_is_refused_when_the_order_is_made(coordinator: Actor) -> None:
    order = factories.applied(conditions=0)
    factories.condition(order=order, ends_on=date(2028, 3, 1))

    with pytest.raises(Refused, match="longer than the order"):
        commands.make(actor=coordinator, ref=order.ref, making=MAKING, version=1, at=AT)


def test_words_that_look_like_a_place_stop_the_order_before_service(coordinator: Actor) -> None:
    order = factories.made(conditions=0)
    factories.condition(order=order, text="Not to enter 14 Heron Mill Lane")

    with pytest.raises(Refused):
        commands.prepare_service(actor=coordinator, ref=order.ref, version=1, at=AT)

    assert again(order).state == "made"


def test_such_words_are_ready_to_serve_once_a_second_person_released_them(coordinator: Actor) -> None:
    order = factories.made(conditions=0)
    factories.condition(order=order, text="Not to enter 14 Heron Mill Lane")

    factories.released(order=order)

    commands.prepare_service(actor=coordinator, ref=order.ref, version=1, at=AT)

    assert again(order).state == "to_serve"


def serve(actor: Actor, order: Order, *, on: date, under_2003_act: bool = False) -> None:
    commands.serve(
        actor=actor,
        ref=order.ref,
        served_on=on,
        served_how="in_person",
        under_2003_act=under_2003_act,
        version=order.version,
        at=AT,
    )


def test_service_begins_the_three_days(coordinator: Actor) -> None:
    order = factories.made(state="to_serve")

    serve(coordinator, order, on=date(2026, 2, 27))

    (duty,) = again(order).notifications.all()
    assert (duty.kind, duty.began_on, duty.due_on) == ("first", date(2026, 2, 27), date(2026, 3, 1))


def test_no_three_days_begin_where_the_2003_act_applies(coordinator: Actor) -> None:
    order = factories.made(state="to_serve")

    serve(coordinator, order, on=date(2026, 2, 27), under_2003_act=True)

    order = again(order)
    assert order.suspended_from == date(2026, 2, 27)
    assert not order.notifications.exists()


def test_a_full_order_that_replaces_a_served_interim_order_begins_none(coordinator: Actor) -> None:
    full = factories.applied()
    interim = factories.interim(main=full)
    commands.make(actor=coordinator, ref=full.ref, making=MAKING, version=1, at=AT)
    commands.prepare_service(actor=coordinator, ref=full.ref, version=2, at=AT)

    serve(coordinator, again(full), on=date(2026, 3, 2))

    assert not again(full).notifications.exists()
    assert (again(interim).state, again(interim).closed_on) == ("replaced", date(2026, 3, 1))


@pytest.mark.parametrize("refused", [True, False])
def test_an_interim_order_ends_when_the_main_application_does(coordinator: Actor, refused: bool) -> None:
    full = factories.applied()
    interim = factories.interim(main=full)

    commands.close_application(
        actor=coordinator, ref=full.ref, refused=refused, on=date(2026, 3, 2), version=1, at=AT
    )

    assert (again(interim).state, again(interim).closed_on) == ("ended", date(2026, 3, 2))


def test_an_interim_order_needs_an_application_that_is_not_decided(coordinator: Actor) -> None:
    full = factories.made()

    with pytest.raises(Refused, match="section 5"):
        commands.start_interim(actor=coordinator, main=full.ref, submission="x", at=AT)


def test_an_interim_order_takes_over_whom_the_application_protects(coordinator: Actor) -> None:
    full = factories.applied()

    ref = commands.start_interim(actor=coordinator, main=full.ref, submission="x", at=AT)
    same = commands.start_interim(actor=coordinator, main=full.ref, submission="x", at=AT)

    interim = Order.objects.get(ref=ref)
    assert same == ref
    assert (interim.kind, interim.person, interim.main) == ("interim", full.person, full)
    assert interim.protected.get().crime_reference == "45/01234/26"


@pytest.mark.parametrize(
    ("on", "sentence"),
    [(date(2026, 2, 1), "before it was made"), (date(2028, 2, 2), "had ended before that day")],
)
def test_an_order_is_served_while_it_holds(coordinator: Actor, on: date, sentence: str) -> None:
    order = factories.made(state="to_serve")

    with pytest.raises(Refused, match=sentence):
        serve(coordinator, order, on=on)


def test_an_order_ends_on_its_last_day_and_not_before(coordinator: Actor) -> None:
    running = factories.in_force()
    over = factories.in_force(made_on=date(2024, 2, 1), served_on=date(2024, 2, 2), ends_on=date(2026, 3, 2))

    commands.expire(actor=coordinator, ref=over.ref, version=1, at=AT)
    with pytest.raises(Refused, match="not over"):
        commands.expire(actor=coordinator, ref=running.ref, version=1, at=AT)

    assert (again(over).state, again(over).closed_on) == ("expired", date(2026, 3, 2))
    assert again(running).state == "in_force"


def test_a_step_that_the_table_does_not_have_is_refused_with_the_state(coordinator: Actor) -> None:
    order = factories.in_force()

    with pytest.raises(Refused, match="Served, in force"):
        commands.make(actor=coordinator, ref=order.ref, making=MAKING, version=1, at=AT)


def test_of_two_people_the_second_is_told_and_nothing_is_lost(coordinator: Actor) -> None:
    order = factories.draft()
    commands.protect(
        actor=coordinator,
        ref=order.ref,
        crime_reference="45/09999/26",
        standing="potential",
        version=1,
        at=AT,
    )

    with pytest.raises(Changed):
        commands.protect(
            actor=coordinator,
            ref=order.ref,
            crime_reference="45/08888/26",
            standing="other",
            version=1,
            at=AT,
        )

    assert again(order).protected.count() == 2


def test_the_same_protected_person_stands_once(coordinator: Actor) -> None:
    order = factories.draft()

    with pytest.raises(Refused, match="already protects"):
        commands.protect(
            actor=coordinator,
            ref=order.ref,
            crime_reference="45/01234/26",
            standing="victim",
            version=1,
            at=AT,
        )


def test_an_order_about_a_restricted_person_is_not_there(coordinator: Actor) -> None:
    order = factories.draft()
    Restriction.objects.create(case=order.person.ref, reason="police", made_by="carol", made_at=AT)

    with pytest.raises(NotFound):
        commands.expire(actor=coordinator, ref=order.ref, version=1, at=AT)


def test_history_keeps_every_state_an_order_was_in(coordinator: Actor) -> None:
    order = factories.applied()
    history: Any = apps.get_model("partnership", "OrderEvent")
    commands.make(actor=coordinator, ref=order.ref, making=MAKING, version=1, at=AT)
    commands.prepare_service(actor=coordinator, ref=order.ref, version=2, at=AT)

    kept = history.objects.filter(pgh_obj_id=order.pk).order_by("pgh_id")
    assert list(kept.values_list("state", flat=True)) == ["applied", "made", "to_serve"]
