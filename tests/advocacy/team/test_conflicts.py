"""Nobody is allocated to a client whom they, their household or their other work is linked to."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories

from desist.accounts.models import Account
from desist.advocacy.clients import commands
from desist.advocacy.team import commands as team
from desist.advocacy.team.models import Advocate, Declaration
from desist.advocacy.team.states import ABOUT_A_CLIENT, REFUSALS, LinkKind
from desist.advocacy.victims.models import Victim
from desist.references import spoken
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db


def declare(actor: Actor, advocate: Advocate, kind: LinkKind, person: str = "", number: str = "one") -> None:
    team.declare(
        actor=actor,
        advocate=advocate.ref,
        kind=kind,
        person=person,
        submission=number,
        at=factories.NOW,
    )


@pytest.mark.parametrize("kind", LinkKind)
def test_every_kind_of_link_refuses_an_allocation_with_its_reason(
    kind: LinkKind, advocate: Advocate, manager: Actor
) -> None:
    waiting = factories.victim()
    declare(manager, advocate, kind, waiting.ref if kind in ABOUT_A_CLIENT else "")

    with pytest.raises(Refused) as refused:
        commands.allocate(actor=manager, ref=waiting.ref, advocate=advocate.ref, at=factories.NOW)

    assert str(refused.value) == f"{REFUSALS[kind].format(name='Fable Trelissick')}. Choose another advocate"
    assert not waiting.allocations.exists()


def test_a_link_to_another_client_is_in_nobodys_way(advocate: Advocate, manager: Actor) -> None:
    waiting, other = factories.victim(), factories.victim()
    declare(manager, advocate, LinkKind.CLIENT, other.ref)

    for _ in range(2):  # two clicks
        commands.allocate(actor=manager, ref=waiting.ref, advocate=advocate.ref, at=factories.NOW)

    assert waiting.allocations.get().advocate == advocate


def test_whoever_declares_a_link_sees_nothing_of_the_case_any_more(
    actor: Actor, advocate: Advocate, robin: Victim, browser_of_fable: Client
) -> None:
    address = reverse("victims:victim", args=[robin.ref])
    assert browser_of_fable.get(address).status_code == 200

    declare(actor, advocate, LinkKind.OTHER_PARTY, robin.ref)

    assert browser_of_fable.get(address).status_code == 404
    assert "Hollow" not in browser_of_fable.get(reverse("victims:victims")).content.decode()


def test_an_allocation_takes_the_place_of_the_one_before(
    advocate: Advocate, manager: Actor, robin: Victim
) -> None:
    bryn = factories.advocate(account=factories.account(name="Bryn Oakhanger"))

    commands.allocate(actor=manager, ref=robin.ref, advocate=bryn.ref, at=factories.NOW)

    assert robin.allocations.get(ended_at=None).advocate == bryn
    assert robin.allocations.get(advocate=advocate).ended_at == factories.NOW


@pytest.mark.parametrize("fields", [{"trained_on": None}, {"left_on": "2026-01-01"}])
def test_nobody_without_training_and_nobody_who_left_is_allocated(
    fields: dict[str, Any], manager: Actor
) -> None:
    somebody = factories.advocate(account=factories.account(), **fields)
    waiting = factories.victim()

    with pytest.raises(Refused):
        commands.allocate(actor=manager, ref=waiting.ref, advocate=somebody.ref, at=factories.NOW)


def test_an_advocate_of_another_area_is_not_there(manager: Actor) -> None:
    somebody = factories.advocate(account=factories.account(), area="elsewhere")

    with pytest.raises(Refused):
        commands.allocate(actor=manager, ref=factories.victim().ref, advocate=somebody.ref, at=factories.NOW)


def test_an_advocate_declares_for_themselves_alone(actor: Actor, advocate: Advocate) -> None:
    somebody = factories.advocate(account=factories.account(name="Bryn Oakhanger"))

    with pytest.raises(gate.NotFound):
        declare(actor, somebody, LinkKind.OTHER_SIDE)


def test_a_link_to_a_party_names_the_client(browser_of_fable: Client, advocate: Advocate) -> None:
    answer = browser_of_fable.post(
        reverse("team:declare"), {"advocate": advocate.ref, "kind": "client", "person": ""}
    )

    assert answer.status_code == 422
    assert "Enter the reference of the client" in answer.content.decode()


def test_what_is_no_reference_is_refused_because_it_would_be_kept_in_clear(
    browser_of_fable: Client, advocate: Advocate
) -> None:
    answer = browser_of_fable.post(
        reverse("team:declare"), {"advocate": advocate.ref, "kind": "client", "person": "Robin Hollow"}
    )

    assert answer.status_code == 422
    assert "Enter the reference as shown" in answer.content.decode()
    assert not Declaration.objects.exists()


def test_a_link_is_declared_by_the_reference_as_it_is_written(
    browser_of_fable: Client, advocate: Advocate, robin: Victim
) -> None:
    typed = {
        "advocate": advocate.ref,
        "kind": "household",
        "person": spoken(robin.ref),
        "form_submission": "x",
    }

    first = browser_of_fable.post(reverse("team:declare"), typed)
    again = browser_of_fable.post(reverse("team:declare"), typed)

    assert first.status_code == again.status_code == 302
    assert Declaration.objects.get().person == robin.ref


def test_the_refusal_stands_on_the_page(
    advocate: Advocate, manager: Actor, signed_in: Callable[..., Client], fable: Account
) -> None:
    declare(manager, advocate, LinkKind.OTHER_SIDE)
    waiting = factories.victim()
    browser = signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor"))

    answer = browser.post(reverse("victims:allocate", args=[waiting.ref]), {"advocate": advocate.ref})

    assert answer.status_code == 422
    assert (
        "works or recently worked with people who stalk. Choose another advocate" in answer.content.decode()
    )
