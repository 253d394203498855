"""The page of one person: what any officer of the force may know in one place, and no name of a victim."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.partnership import factories
from tests.partnership.orders import factories as orders
from tests.programme.reading import text

from desist.partnership.referrals.models import Referral
from desist.partnership.reports.models import Report
from desist.references import spoken
from desist.wall.models import Restriction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]


def shown(officer: Client, referral: Referral) -> str:
    return text(officer.get(reverse("people:person", args=[referral.ref])))


def report_of(referral: Referral) -> Report:
    """A report whose client is linked to the person."""
    report = factories.report()
    report.side.pair = referral.pair
    report.side.save()
    return report


def test_order_conditions_breaches_reports_alerts_and_victims_stand_on_one_page(officer: Client) -> None:
    referral = factories.referral(stage="in_sessions", attended=5)
    order = orders.in_force(referral=referral)
    breach = orders.breach(order=order)
    breach.steps.create(kind="arrested", on=breach.reported_on, by="carol", at=factories.NOW, submission="1")
    report_of(referral)
    factories.side(pair=referral.pair, crime_reference="45/05555/26")
    factories.alert(referral=referral)

    page = shown(officer, referral)

    for words in (
        "5 of 12 attended",
        "Stalking Protection Order in force",
        "Not to contact the protected person",
        "Arrested, no decision yet",
        "Harbour Advocacy",
        "2 victims’ cases are linked to this person",
        "Crime reference 45/05555/26",
        "Not acknowledged",
    ):
        assert words in page


def test_words_that_may_lead_to_the_victim_stay_with_the_coordinator(officer: Client) -> None:
    referral = factories.referral()
    order = orders.in_force(referral=referral, conditions=0)
    orders.condition(order=order, text="Not to go to 14 Quay Street, NE1 4XY.")

    page = shown(officer, referral)

    assert "Quay Street" not in page
    assert "telephone the order coordinator" in page


def test_the_next_step_is_the_alert_then_the_report_then_the_victims_referral(officer: Client) -> None:
    referral = factories.referral()
    first = shown(officer, referral)
    report = report_of(referral)
    second = shown(officer, referral)
    factories.alert(referral=referral)
    third = shown(officer, referral)

    assert "Refer the victim to support" in first
    assert "Give the crime reference for the report" in second
    assert "Acknowledge the alert" in third
    assert "Give the crime reference" not in third
    report.side.pair = "another"
    report.side.save()
    assert "Give the crime reference" not in shown(officer, referral)


def test_nothing_waits_where_the_victim_is_linked_and_all_is_answered(officer: Client) -> None:
    referral = factories.referral()
    factories.side(pair=referral.pair)
    factories.alert(referral=referral, acknowledged_at=factories.NOW, acknowledged_by="carol")

    page = shown(officer, referral)

    assert "Nothing is waiting about this person" in page
    assert "1 victim’s case is linked" in page


def test_a_second_referral_of_the_person_brings_its_victims_and_one_who_is_kept_apart_does_not(
    officer: Client,
) -> None:
    referral = factories.referral()
    twin = factories.referral(pair=referral.pair, thread="twin")
    side = factories.side(pair=referral.pair, crime_reference="45/05555/26")
    assert f"Referral {spoken(twin.ref)}" in shown(officer, referral)

    Restriction.objects.create(case=side.ref, reason="x", made_by="carol", made_at=factories.NOW)

    assert "45/05555/26" not in shown(officer, referral)


def test_the_referral_leads_to_the_page_of_the_person(officer: Client) -> None:
    referral = factories.referral()

    page = officer.get(reverse("referrals:referral", args=[referral.ref])).content.decode()

    assert reverse("people:person", args=[referral.ref]) in page
