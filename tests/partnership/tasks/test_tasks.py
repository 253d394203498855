"""Tasks of one's own in the partnership: about a referral or an order."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.tasks.models import Task
from desist.ui import dates
from desist.wall.actors import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]


def form(to: str) -> dict[str, str]:
    day = dates.day_of(timezone.now()) + timedelta(days=1)
    parts = {"due_on-day": str(day.day), "due_on-month": str(day.month), "due_on-year": str(day.year)}
    return {"words": "Ask the court for the date", "to": to, **parts}


def test_an_officer_gives_a_task_about_a_referral_to_a_coordinator_who_sees_it(officer: Client) -> None:
    ines = staff.account(name="Ines Vale")
    staff.grant(account=ines, role=Role.OFFICER)
    referral = factories.referral()

    officer.post(f"/tasks/give/{referral.ref}/", form(ines.ref))

    theirs = text(staff.browser(account=ines, role=Role.OFFICER).get("/"))
    assert f"{referral.name} : Ask the court for the date" in theirs
    assert "Waiting for others Ines Vale: " in text(officer.get("/"))


def test_a_coordinator_gives_one_about_an_order_and_an_officer_may_not_hold_it(
    officer: Client, kit: Account
) -> None:
    ines = staff.account(name="Ines Vale")
    desk = staff.browser(account=ines, role=Role.ORDER_COORDINATOR)
    order = orders.made(person=orders.person(given_names="Xander", family_name="Mossingham"))

    page = desk.get(f"/tasks/give/{order.ref}/")
    desk.post(f"/tasks/give/{order.ref}/", form(ines.ref))

    assert kit.name not in text(page)
    assert "Xander Mossingham : Ask the court for the date" in text(desk.get("/"))
    assert officer.get(f"/tasks/{Task.objects.get().ref}/").status_code == 404
