"""Nobody is told who stalks them before there is a safety plan."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests import staff

from desist.accounts.models import Account
from desist.partnership.identities import commands
from desist.partnership.identities.models import IdentityDecision
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

AT = staff.NOW
TELL = commands.Entry("45/01234/26", "tell", "Earliest opportunity", date(2026, 3, 1), "the advocate")


@pytest.fixture
def lead(kit: Account) -> Actor:
    return Actor(who=kit.ref, role=Role.FORCE_LEAD, area=staff.AREA, correlation=uuid.uuid4())


def decide(lead: Actor, entry: commands.Entry) -> IdentityDecision:
    commands.decide(actor=lead, entry=entry, submission="once", at=AT)
    return IdentityDecision.objects.get()


@pytest.mark.parametrize(
    "entry",
    [replace(TELL, plan_on=None), replace(TELL, plan_with=""), replace(TELL, plan_on=date(2026, 3, 4))],
)
def test_to_tell_needs_a_safety_plan_first(lead: Actor, entry: commands.Entry) -> None:
    with pytest.raises(Refused):
        commands.decide(actor=lead, entry=entry, submission="once", at=AT)

    assert not IdentityDecision.objects.exists()


def test_the_database_itself_refuses_to_tell_without_a_plan(lead: Actor) -> None:
    row = decide(lead, TELL)

    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityDecision.objects.filter(pk=row.pk).update(plan_on=None)


def test_not_to_tell_yet_needs_no_plan(lead: Actor) -> None:
    row = decide(lead, replace(TELL, decision="later", plan_on=None, plan_with=""))

    assert row.decision == "later"


def test_the_same_form_sent_twice_is_one_decision(lead: Actor) -> None:
    decide(lead, TELL)
    decide(lead, TELL)

    assert IdentityDecision.objects.count() == 1


def test_telling_is_recorded_once_and_not_before_the_plan(lead: Actor) -> None:
    row = decide(lead, TELL)

    with pytest.raises(Refused):
        commands.told(actor=lead, ref=row.ref, on=date(2026, 2, 28), how="in_person", version=1, at=AT)
    commands.told(actor=lead, ref=row.ref, on=date(2026, 3, 2), how="in_person", version=1, at=AT)

    row.refresh_from_db()
    assert (row.told_on, row.told_by) == (date(2026, 3, 2), lead.who)
    with pytest.raises(Refused):
        commands.told(actor=lead, ref=row.ref, on=date(2026, 3, 3), how="in_person", version=2, at=AT)


def test_the_page_says_to_make_the_plan_first_and_keeps_the_words(kit: Account) -> None:
    browser: Client = staff.browser(account=kit, role=Role.FORCE_LEAD)
    typed = {"crime_reference": "45/01234/26", "decision": "tell", "reason": "Words that are kept"}

    answer = browser.post(reverse("identities:decide"), typed)

    assert answer.status_code == 422
    assert "Make the safety plan first" in answer.content.decode()
    assert "Words that are kept" in answer.content.decode()
