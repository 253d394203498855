"""Several clients of an advocate are given to a colleague on one page; a declared link keeps one back, and says so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.team.models import Advocate
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def bryn(db: None) -> Advocate:
    return factories.advocate(account=factories.account(name="Bryn Newcomer"))


@pytest.fixture
def desk(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor Quenington"))


def sent(to: Advocate, *victims: Victim) -> dict[str, Any]:
    return {"clients": [one.ref for one in victims], "advocate": to.ref, "why": "leaves"}


def test_ticked_clients_are_given_over_and_the_others_stay(
    desk: Client, robin: Victim, advocate: Advocate, bryn: Advocate
) -> None:
    second, third = (factories.victim(advocate=advocate) for _ in range(2))
    assert "Give over" in text(desk.get("/team/"))

    page = text(desk.post(f"/victims/give-over/{advocate.ref}/", sent(bryn, robin, second), follow=True))

    assert "2 clients have another advocate." in page
    current = Victim.objects.filter(allocations__advocate=bryn, allocations__ended_at=None)
    assert set(current) == {robin, second}
    assert third.allocations.get(ended_at=None).advocate == advocate
    assert AuditEvent.objects.filter(reason="leaves").count() >= 2


def test_a_client_with_a_declared_link_stays_and_the_page_says_why(
    desk: Client, robin: Victim, advocate: Advocate, bryn: Advocate
) -> None:
    second = factories.victim(advocate=advocate)
    fields = {"declared_by": "carol", "declared_at": factories.NOW, "submission": "link"}
    bryn.declarations.create(kind="client", person=robin.ref, **fields)

    page = text(desk.post(f"/victims/give-over/{advocate.ref}/", sent(bryn, robin, second), follow=True))

    assert "1 client has another advocate." in page
    assert "stays: " in page
    assert robin.allocations.get(ended_at=None).advocate == advocate


def test_an_advocate_without_clients_and_one_of_another_area(desk: Client, bryn: Advocate) -> None:
    assert "has no clients now" in text(desk.get(f"/victims/give-over/{bryn.ref}/"))
    Advocate.objects.filter(pk=bryn.pk).update(area="South")
    assert desk.get(f"/victims/give-over/{bryn.ref}/").status_code == 404
