"""The reflective log: private until it is shared, with the supervisor it was shared with and nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.practitioners.models import Practitioner
from desist.programme.supervision.reflections.models import Reflection
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

SENT = {
    "on-day": "2",
    "on-month": "3",
    "on-year": "2026",
    "words": "I hurried the end",
    "form_submission": "one",
}


@pytest.fixture
def sol(practitioner: Practitioner) -> Account:
    """Sol, who supervises Kit."""
    account = factories.account(name="Sol Arden")
    factories.arrangement(practitioner=practitioner, supervisor=account)
    return account


@pytest.fixture
def sol_browser(sol: Account) -> Client:
    return staff.browser(account=sol, role=Role.SUPERVISOR)


def written(browser: Client) -> Reflection:
    """Write an entry twice by the same form."""
    for _ in range(2):
        browser.post("/reflections/write/", SENT)
    return Reflection.objects.get()


def test_an_entry_is_private(kit_browser: Client, sol_browser: Client, practitioner: Practitioner) -> None:
    row = written(kit_browser)
    manager = staff.browser(account=factories.account(name="Mo Lane"), role=Role.MANAGER)

    assert "I hurried the end" in text(kit_browser.get("/reflections/"))
    assert "I hurried the end" not in text(sol_browser.get("/reflections/"))
    assert sol_browser.get(f"/reflections/{row.ref}/").status_code == 404
    assert manager.get(f"/reflections/{row.ref}/").status_code == 403


def test_a_colleague_reads_and_shares_nothing_of_it(kit_browser: Client, practitioner: Practitioner) -> None:
    row = written(kit_browser)
    ola = factories.account(name="Ola Reed")
    factories.practitioner(account=ola)
    browser = staff.browser(account=ola, role=Role.PRACTITIONER)

    assert browser.get(f"/reflections/{row.ref}/").status_code == 404
    assert browser.post(f"/reflections/{row.ref}/share/").status_code == 404
    assert browser.get(f"/reflections/{row.ref}/change/").status_code == 404


def test_what_is_shared_is_read_by_that_supervisor_for_good(
    kit_browser: Client, sol_browser: Client, practitioner: Practitioner
) -> None:
    row = written(kit_browser)

    for _ in range(2):
        page = text(kit_browser.post(f"/reflections/{row.ref}/share/", follow=True))

    assert "Shared with Sol Arden" in page
    una = factories.account(name="Una Bray")
    factories.arrangement(practitioner=practitioner, supervisor=una)
    assert "Kit Marlow" in text(sol_browser.get("/reflections/"))
    assert "I hurried the end" in text(sol_browser.get(f"/reflections/{row.ref}/"))
    successor = staff.browser(account=una, role=Role.SUPERVISOR)
    assert successor.get(f"/reflections/{row.ref}/").status_code == 404


def test_what_was_shared_is_not_changed(
    kit_browser: Client, sol: Account, practitioner: Practitioner
) -> None:
    row = written(kit_browser)
    kit_browser.post(f"/reflections/{row.ref}/share/")

    changed = {**SENT, "words": "Something else", "form_version": "1"}
    answer = kit_browser.post(f"/reflections/{row.ref}/change/", changed)

    assert "you have shared this entry" in text(answer)
    assert Reflection.objects.get().words == "I hurried the end"


def test_a_private_entry_is_changed_and_a_stale_tab_is_told(
    kit_browser: Client, practitioner: Practitioner
) -> None:
    row = written(kit_browser)
    changed = {**SENT, "words": "I hurried the beginning", "form_version": "1"}

    kit_browser.post(f"/reflections/{row.ref}/change/", changed)
    stale = kit_browser.post(f"/reflections/{row.ref}/change/", {**changed, "words": "Older words"})

    assert stale.status_code == 422
    assert Reflection.objects.get().words == "I hurried the beginning"


def test_without_a_supervisor_nothing_is_shared(kit_browser: Client, practitioner: Practitioner) -> None:
    row = written(kit_browser)
    practitioner.arrangements.update(ended_by="carol", ended_at=factories.NOW + timedelta(days=1))

    page = text(kit_browser.post(f"/reflections/{row.ref}/share/", follow=True))

    assert "nobody supervises you at present" in page
    assert Reflection.objects.get().shared_at is None
