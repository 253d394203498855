"""Closing a case, and opening it again when someone comes back."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories

from desist.advocacy.clients import commands
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import CloseReason, State
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW


def close(actor: Actor, victim: Victim) -> None:
    commands.close(actor=actor, ref=victim.ref, reason=CloseReason.FINISHED, at=NOW)


def test_a_case_is_closed_with_its_reason_and_once(browser_of_fable: Client, robin: Victim) -> None:
    address = reverse("victims:close", args=[robin.ref])

    first = browser_of_fable.post(address, {"reason": "declined"})
    again = browser_of_fable.post(address, {"reason": "finished"})

    row = Victim.objects.get()
    assert (first.status_code, again.status_code) == (302, 422)
    assert (row.state, row.close_reason) == (State.CLOSED, "declined")
    assert "Robin Hollow" in browser_of_fable.get(reverse("victims:victims") + "?closed=yes").content.decode()


@pytest.mark.parametrize(("reached", "state"), [(None, State.WAITING), (NOW, State.OPEN)])
def test_who_comes_back_stands_where_they_stood(
    reached: object, state: State, actor: Actor, robin: Victim
) -> None:
    Victim.objects.update(first_contact_at=reached)
    close(actor, robin)

    commands.reopen(actor=actor, ref=robin.ref, at=NOW)

    assert Victim.objects.get().state == state


def test_a_case_whose_key_was_destroyed_is_not_opened_again(
    actor: Actor, manager: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    close(actor, robin)
    vault.destroy(actor=manager, victim=robin.ref, at=NOW)

    answer = browser_of_fable.post(reverse("victims:reopen", args=[robin.ref]), follow=True)

    assert "cannot be opened again" in answer.content.decode()
    assert Victim.objects.get().state == State.CLOSED
