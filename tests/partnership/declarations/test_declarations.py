"""The yearly declaration of interests of the police: a referral that is named is kept from the officer."""

import pytest
from django.test import Client
from tests import staff
from tests.partnership import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.declarations.models import InterestDeclaration
from desist.references import spoken
from desist.wall.actors import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]


def test_an_officer_declares_a_referral_and_the_force_lead_checks_it(officer: Client, kit: Account) -> None:
    lead = staff.browser(account=staff.account(name="Ines Vale"), role=Role.FORCE_LEAD)
    referral = factories.referral()
    page = f"/referrals/{referral.ref}/"
    assert officer.get(page).status_code == 200

    officer.post("/declarations/", {"answer": "knows", "case": spoken(referral.ref), "form_submission": "a"})

    assert officer.get(page).status_code == 404
    assert f"{kit.name} declared an interest in {spoken(referral.ref)}" in text(lead.get("/"))


def test_an_officer_who_owes_one_is_asked_and_the_lead_sees_who(officer: Client, kit: Account) -> None:
    lead = staff.browser(account=staff.account(name="Ines Vale"), role=Role.FORCE_LEAD)
    InterestDeclaration.objects.filter(account=kit.ref).update(area="Elsewhere")

    assert "Declare your interests" in text(officer.get("/"))
    assert f"{kit.name} Never" in text(lead.get("/declarations/"))
