"""The yearly declaration of interests of advocates: a client who is named is kept from the advocate."""

import pytest
from django.test import Client
from tests import staff
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.advocacy.team import commands
from desist.advocacy.team.models import Advocate
from desist.advocacy.victims.models import Victim
from desist.declarations.models import InterestDeclaration
from desist.references import spoken
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


def test_an_advocate_declares_a_client_who_is_kept_from_them_and_given_to_them_no_more(
    browser_of_fable: Client, fable: Account, robin: Victim
) -> None:
    manager = staff.browser(account=staff.account(name="Noor Quenington"), role=Role.ADVOCACY_MANAGER)
    page = f"/victims/{robin.ref}/"
    assert browser_of_fable.get(page).status_code == 200

    sent = {"answer": "knows", "case": spoken(robin.ref), "form_submission": "a"}
    browser_of_fable.post("/declarations/", sent)

    assert browser_of_fable.get(page).status_code == 404
    assert f"{fable.name} declared an interest in {spoken(robin.ref)}" in text(manager.get("/"))
    advocate = Advocate.objects.get(ref=fable.ref)
    assert commands.refusals(advocate=advocate, person=robin.ref) == (
        f"This client is kept from {fable.name}",
    )


def test_an_advocate_who_owes_one_is_asked(browser_of_fable: Client, fable: Account) -> None:
    InterestDeclaration.objects.filter(account=fable.ref).update(area="Elsewhere")

    assert "Declare your interests" in text(browser_of_fable.get("/"))
