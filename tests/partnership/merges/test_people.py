"""Two people of the orders' register who are one: the orders go along, and new ones are entered under the one person."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from tests import staff
from tests.partnership.orders import factories
from tests.programme.reading import text

from desist.merges import commands
from desist.merges.models import Merge
from desist.partnership.orders.models import Order
from desist.partnership.people.models import Person
from desist.partnership.transfers import commands as transfers
from desist.post.handlers import Received
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = staff.NOW


def lead(name: str) -> Actor:
    account = staff.account(name=name)
    staff.grant(account=account, role=Role.FORCE_LEAD)
    return Actor(who=account.ref, role=Role.FORCE_LEAD, area=staff.AREA, correlation=uuid.uuid4())


def merged(first: Person, second: Person, *taken: str) -> Merge:
    ref = commands.ask(
        actor=lead("Ola Reed"),
        first=first.ref,
        second=second.ref,
        taken=taken,
        reason="Same date of birth",
        submission=uuid.uuid4().hex,
        at=AT,
    )
    commands.confirm(actor=lead("Noor Hale"), ref=ref, version=1, at=AT)
    return Merge.objects.get(ref=ref)


def test_the_orders_of_both_stand_under_one_person_and_go_back_at_the_split() -> None:
    one, other = factories.in_force(), factories.in_force(person=factories.person(born=date(1991, 2, 28)))

    row = merged(one.person, other.person, "born")
    first = Person.objects.get(pk=one.person.pk)
    assert first.born == date(1991, 2, 28)
    assert first.orders.count() == 2
    new = factories.in_force(person=first)
    commands.split(actor=lead("Ola Reed"), ref=row.ref, seconds=[new.ref], reason="Two", version=2, at=AT)

    assert set(Person.objects.get(pk=other.person.pk).orders.all()) == {other, new}
    assert Person.objects.get(pk=one.person.pk).born == date(1990, 2, 28)


def test_an_order_for_either_is_entered_under_the_one_person() -> None:
    one, other = factories.person(), factories.person(given_names="Robyn")
    staff.grant(account=staff.account(), role=Role.ORDER_COORDINATOR)
    merged(one, other)
    told = replace(factories.OFFERED, given_names="Robyn", answer_by="")
    with transaction.atomic():
        transfers.receive(Received(told, "thread", "other-police", AT, actors.post()))

    assert Order.objects.get().person == one


def test_who_is_kept_from_either_person_finds_no_order_of_theirs(desk: Client) -> None:
    one, other = factories.in_force(), factories.in_force(person=factories.person(given_names="Robyn"))
    account = staff.account(name="Wyn Holt")
    browser = staff.browser(account=account, role=Role.ORDER_COORDINATOR)
    Exclusion.objects.create(
        case=other.person.ref, account=account.ref, allowed=False, reason="x", made_by="x", made_at=AT
    )
    assert browser.get(f"/orders/{one.ref}/").status_code == 200

    merged(one.person, other.person)

    for order in (one, other):
        assert browser.get(f"/orders/{order.ref}/").status_code == 404
        assert desk.get(f"/orders/{order.ref}/").status_code == 200


def test_a_reference_of_an_order_finds_its_person(desk: Client) -> None:
    one, other = factories.in_force(), factories.in_force()
    referral = staff.account()

    page = desk.post("/merges/", {"first": one.ref, "second": other.ref}, follow=True)

    assert "Given names" in text(page)
    assert desk.post("/merges/", {"first": one.ref, "second": referral.ref}).status_code == 422


def test_two_people_who_are_merged_already_are_not_merged_again() -> None:
    one, other = factories.person(), factories.person()
    merged(one, other)

    with pytest.raises(Refused, match="is already merged into"):
        merged(one, other)
