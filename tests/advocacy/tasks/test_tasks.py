"""Tasks of one's own in an advocacy service: about a client, by name, and for nobody else's eyes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.programme.reading import text

from desist.advocacy.victims.models import Victim
from desist.tasks.models import Task
from desist.ui import dates
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


def test_an_advocate_gives_the_manager_a_task_about_a_client(browser_of_fable: Client, robin: Victim) -> None:
    noor, other = staff.account(name="Noor Quenington"), staff.account(name="Sol Arden")
    staff.grant(account=noor, role=Role.ADVOCACY_MANAGER)
    staff.grant(account=other, role=Role.ADVOCATE)
    day = dates.day_of(timezone.now()) + timedelta(days=1)
    parts = {"due_on-day": str(day.day), "due_on-month": str(day.month), "due_on-year": str(day.year)}

    page = text(browser_of_fable.get(f"/tasks/give/{robin.ref}/"))
    sent = {"words": "Read the safety plan", "to": noor.ref, **parts}
    browser_of_fable.post(f"/tasks/give/{robin.ref}/", sent)

    assert "Noor Quenington" in page
    assert "Sol Arden" not in page  # works with none of these clients
    theirs = text(staff.browser(account=noor, role=Role.ADVOCACY_MANAGER).get("/"))
    assert "Robin Hollow : Read the safety plan" in theirs
    task = f"/tasks/{Task.objects.get().ref}/"
    assert staff.browser(account=other, role=Role.ADVOCATE).get(task).status_code == 404
