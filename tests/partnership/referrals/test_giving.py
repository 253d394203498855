"""Referrals of an officer are given to a colleague on one page; the colleague hears their news from then on."""

import pytest
from django.test import Client
from tests import staff
from tests.partnership import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.partnership.pages.referral.queries import sent_by
from desist.partnership.referrals.models import Referral
from desist.references import spoken
from desist.wall.actors import Role
from desist.wall.models import Exclusion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]


@pytest.fixture
def ines(db: None) -> Account:
    account = staff.account(name="Ines Vale")
    staff.grant(account=account, role=Role.OFFICER)
    return account


def sent(by: Account) -> Referral:
    return factories.referral(state="sent", started_by=by.ref)


def test_a_force_lead_gives_the_referrals_of_an_officer_and_the_colleague_hears_their_news(
    kit: Account, ines: Account
) -> None:
    lead = staff.browser(account=staff.account(name="Hollis Varnavides"), role=Role.FORCE_LEAD)
    first, second, stays = sent(kit), sent(kit), sent(kit)

    refs = [first.ref, second.ref]
    answer = lead.post("/referrals/give/", {"referrals": refs, "to": ines.ref, "why": "leaves"}, follow=True)

    assert "Ines Vale follows 2 more referrals" in text(answer)
    assert set(sent_by(Referral.objects.all(), ines.ref)) == {first, second}
    assert set(sent_by(Referral.objects.all(), kit.ref)) == {stays}
    page = text(lead.get(f"/referrals/{first.ref}/"))
    assert "Given to a colleague" in page
    assert "The officer is leaving or has left" in page


def test_an_officer_gives_their_own_alone(officer: Client, kit: Account, ines: Account) -> None:
    own, other = sent(kit), sent(ines)

    page = text(officer.get("/referrals/give/"))
    assert spoken(own.ref) in page
    assert spoken(other.ref) not in page

    answer = officer.post("/referrals/give/", {"referrals": [other.ref], "to": ines.ref, "why": "workload"})
    assert answer.status_code == 422
    assert not Referral.objects.exclude(held_by="").exists()


def test_a_colleague_who_is_kept_from_one_does_not_get_it_and_no_reason_is_told(
    officer: Client, kit: Account, ines: Account
) -> None:
    own = sent(kit)
    kept = {"account": ines.ref, "allowed": False, "reason": "Their cousin", "made_by": "c"}
    Exclusion.objects.create(case=own.ref, made_at=staff.NOW, **kept)

    sending = {"referrals": [own.ref], "to": ines.ref, "why": "workload"}
    answer = text(officer.post("/referrals/give/", sending, follow=True))

    assert f"{spoken(own.ref)} stays: this colleague cannot take it" in answer
    assert "cousin" not in answer
    assert Referral.objects.get(pk=own.pk).held_by == ""


@pytest.mark.parametrize(
    ("left_out", "said"), [("referrals", "Which referrals"), ("to", "To whom"), ("why", "Why")]
)
def test_what_is_missing_is_asked_for(
    officer: Client, kit: Account, ines: Account, left_out: str, said: str
) -> None:
    sending = {"referrals": [sent(kit).ref], "to": ines.ref, "why": "workload"}
    del sending[left_out]

    answer = officer.post("/referrals/give/", sending)

    assert answer.status_code == 422
    assert said in text(answer)
