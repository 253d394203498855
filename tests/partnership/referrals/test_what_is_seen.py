"""What the officer sees of her own referral first: the order that binds the person, and that they left."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.partnership import factories
from tests.partnership.orders import factories as orders
from tests.programme.reading import text

from desist.partnership.referrals.models import Referral
from desist.wall.models import Exclusion, Restriction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]


def page(officer: Client, referral: Referral) -> str:
    return text(officer.get(reverse("referrals:referral", args=[referral.ref])))


def test_the_order_in_force_stands_on_the_referral_read_only(officer: Client) -> None:
    referral = factories.referral()
    order = orders.in_force(
        referral=referral,
        person=orders.person(family_name="Other"),
        conditions=3,
        ends_on=date(2028, 11, 22),
    )
    orders.breach(order=order)

    shown = page(officer, referral)

    assert "Stalking Protection Order in force until 22 November 2028, 3 conditions, 1 breach" in shown
    assert order.ref not in officer.get(reverse("referrals:referral", args=[referral.ref])).content.decode()
    assert "Not to contact the protected person" not in shown
    assert "45/01234/26" not in shown


def test_an_order_that_is_not_linked_is_found_by_name_and_birth_and_says_so(officer: Client) -> None:
    referral = factories.referral()
    orders.made(ends_on=None, made_on=date(2026, 2, 2))

    shown = page(officer, referral)

    assert "made on 2 February 2026, not served yet: it does not bind the person, 1 condition" in shown
    assert "ask the order coordinator to link it" in shown


@pytest.mark.parametrize(
    "fields", [{"state": "discharged", "closed_on": date(2026, 3, 1)}, {"area": "elsewhere"}]
)
def test_an_order_that_ended_or_is_another_areas_does_not_stand_there(
    officer: Client, fields: dict[str, Any]
) -> None:
    orders.in_force(**fields)

    assert "Order in force" not in page(officer, factories.referral())


def test_an_order_about_somebody_from_whom_the_officer_is_kept_does_not_stand_there(officer: Client) -> None:
    order = orders.in_force()
    Restriction.objects.create(case=order.person.ref, reason="police", made_by="carol", made_at=factories.NOW)

    assert "Order in force" not in page(officer, factories.referral())
    assert not Exclusion.objects.exists()


@pytest.mark.parametrize(
    ("stage", "tag", "words"),
    [
        ("left", "Left", "The exit report says it: it is listed here once it comes"),
        ("completed", "Completed", ""),
        ("in_sessions", "Accepted", ""),
    ],
)
def test_somebody_who_left_is_not_called_accepted(officer: Client, stage: str, tag: str, words: str) -> None:
    referral = factories.referral(state="accepted", stage=stage, attended=5, progress_at=factories.NOW)

    shown = officer.get(reverse("referrals:referral", args=[referral.ref])).content.decode()
    listed = officer.get(reverse("referrals:referrals")).content.decode()

    for one in (shown, listed):
        tags = [part.split("</strong>")[0].split(">")[-1].strip() for part in one.split("govuk-tag ")[1:]]
        assert tags == [tag]
    assert words in shown


def test_a_referral_that_was_withdrawn_says_so_whatever_came_before(officer: Client) -> None:
    referral = factories.referral(state="withdrawn", stage="left", progress_at=factories.NOW)

    assert "Withdrawn" in page(officer, referral)
