"""The number beside "To do" in the partnership: as many lines as the page shows for today, and nothing of cases kept from the reader."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import for_today, staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders

from desist.partnership.referrals.models import Referral
from desist.ui import dates
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

ROLES = (Role.OFFICER, Role.FORCE_LEAD, Role.ORDER_COORDINATOR)


def busy(who: str) -> Referral:
    """One referral with something in most groups of To do, and what is about no case."""
    now, today = timezone.now(), dates.day_of(timezone.now())
    row = factories.referral(started_by=who)
    factories.alert(referral=row, raised_at=now, received_at=now, due_at=now - timedelta(minutes=1))
    factories.request(referral=row, needed_by=today)
    factories.request(referral=row, needed_by=today + timedelta(days=20))
    factories.held(referral=row)
    return row


@pytest.mark.parametrize("role", ROLES)
def test_the_number_is_that_of_the_lines_for_today_and_none_of_a_restricted_case(
    signed_in: Callable[..., Client], role: Role
) -> None:
    reader = staff.account(name="Ola Reed")
    browser = signed_in(role=role, account=reader)
    factories.side(state="asked", made_at=timezone.now())
    factories.report()
    factories.draft(started_by=reader.ref, given_names="Ash", family_name="Vale")
    made_on = timezone.localdate() - timedelta(days=30)
    ends_on = made_on + timedelta(days=730)
    orders.made(person=orders.person(), made_on=made_on, ends_on=ends_on, applied_on=None)
    without = for_today.numbers(browser)
    hidden = busy("carol")
    more = for_today.numbers(browser)
    Restriction.objects.create(case=hidden.ref, reason="x", made_by="carol", made_at=factories.NOW)

    assert len(set(without)) == len(set(more)) == 1
    assert more[0] > without[0] > 0
    assert for_today.numbers(browser) == without


def test_nothing_to_do_is_a_nought_and_no_number_in_the_menu(officer: Client) -> None:
    assert for_today.numbers(officer) == (0, 0, 0)
    assert 'data-waiting="/home/waiting/" hidden' in officer.get("/referrals/").content.decode()
