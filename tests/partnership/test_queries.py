"""What the police's pages cost the database: as many queries for ten times the rows, and few of them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import staff
from tests.partnership import factories

from desist.accounts.models import Account
from desist.partnership.reports.models import Report
from desist.wall.actors import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

#: address -> the most queries it may send, with two for who asks, one for what waits in the menu and one for the audit's event;
#: the first page asks one for each kind of work, and one more where it finds some
PAGES = {
    "/": 26,
    "/referrals/": 6,
    "/disclosures/": 9,
    "/referrals/{referral}/": 14,
    "/referrals/{referral}/withdraw/": 6,
    "/referrals/{referral}/amend/reach/": 6,
    "/alerts/": 6,
    "/pairs/": 8,
    "/reports/": 6,
    "/judgements/": 7,
}


def grow(times: int) -> None:
    """So many more of everything that the pages list."""
    for _ in range(times):
        factories.draft()
        person = factories.referral()
        factories.disclosure(referral=person)
        factories.request(referral=person)
        factories.alert(referral=person)
        factories.side(pair=person.pair)
        factories.side(state="asked")
        factories.report()
        recorded = factories.report()
        known = {"crime_reference": "45/1/26", "recorded_by": "carol", "recorded_at": factories.NOW}
        Report.objects.filter(pk=recorded.pk).update(state="recorded", empties_at=factories.NOW, **known)
        factories.exhibit(report=recorded, waits=True)
        factories.judgement_request()


def cost(client: Client, address: str) -> int:
    """How many queries a page sends."""
    with CaptureQueriesContext(connection) as sent:
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return len(sent)


@pytest.mark.parametrize(("address", "most"), PAGES.items())
def test_ten_times_the_rows_cost_the_same_few_queries(address: str, most: int, kit: Account) -> None:
    client = staff.browser(account=kit, role=Role.OFFICER)
    address = address.format(referral=factories.referral().ref)
    grow(2)

    few = cost(client, address)
    grow(20)
    many = cost(client, address)

    assert (many, few <= most) == (few, True), f"{few}, then {many} queries"
