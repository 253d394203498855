"""Every address of the partnership, for every role, in the own and in another area: the expected answer and no other."""

import pytest
from tests import access, staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders
from tests.partnership.orders.access import ORDER_MAKERS
from tests.partnership.panels.access import PANEL_MAKERS

from desist.accounts.models import Account
from desist.feeds.models import Feed
from desist.partnership.people.models import Person
from desist.references import reference
from desist.sites import Zone
from desist.wall.actors import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

ZONE = Zone.PARTNERSHIP


@pytest.fixture(autouse=True)
def _keys(own_keys: None) -> None:
    """Files are kept with the site's own key."""


def disclosure(stand: access.Stand) -> list[str]:
    """A draft about someone whom the police referred."""
    referral = factories.referral(area=stand.area)
    return [factories.disclosure(referral=referral, area=stand.area).ref]


def request(stand: access.Stand) -> list[str]:
    """What the programme asks about someone."""
    return [factories.request(referral=factories.referral(area=stand.area)).ref]


def feed(stand: access.Stand) -> list[str]:
    """A calendar address: one's own, or someone else's."""
    owner = stand.account if stand.own else staff.account(name="Noor Hale")
    made = factories.NOW
    return [Feed.objects.create(account=owner.ref, digest=reference() * 6, made_at=made).ref]


def person(stand: access.Stand) -> Person:
    """A person of the orders' register."""
    return orders.person(area=stand.area)


def member(stand: access.Stand) -> list[str]:
    """An agency, and an account that works there."""
    made = factories.agency(area=stand.area)
    return [made.ref, factories.member(account="carol", agency=made).ref]


def support(stand: access.Stand) -> list[str]:
    """A referral to the agency for which the account works."""
    made = factories.agency(area=stand.area)
    if stand.own:
        made.members.model.objects.filter(account=stand.account.ref).update(
            ended_by="carol", ended_at=factories.NOW
        )
        factories.member(account=stand.account.ref, agency=made)
    return [factories.support(agency=made).ref]


#: slice, or route -> the rows that its address names
MAKERS: access.Makers = {
    "referrals": lambda stand: [factories.referral(area=stand.area).ref],
    "people": lambda stand: [factories.referral(area=stand.area).ref],
    "tasks:give-about": lambda stand: [factories.referral(area=stand.area).ref],
    "merges": lambda stand: [access.merge(first=person(stand), second=person(stand), area=stand.area).ref],
    "merges:compare": lambda stand: [person(stand).ref, person(stand).ref],
    "referrals:section": lambda stand: [factories.draft(area=stand.area).ref, "person"],
    **ORDER_MAKERS,
    **PANEL_MAKERS,
    "referrals:amend": lambda stand: [factories.referral(area=stand.area).ref, "person"],
    "attachments": lambda stand: [factories.attachment(referral=factories.draft(area=stand.area)).ref],
    "attachments:attachments": lambda stand: [factories.referral(area=stand.area).ref],
    "exit_reports": lambda stand: [factories.exit_report(referral=factories.referral(area=stand.area)).ref],
    "disclosures": disclosure,
    "disclosures:start": lambda stand: [factories.referral(area=stand.area).ref],
    "disclosures:answer": request,
    "disclosures:refuse-request": request,
    "judgements": lambda stand: [factories.judgement_request(area=stand.area).ref],
    "agencies": lambda stand: [factories.agency(area=stand.area).ref],
    "agencies:let-out": member,
    "terms:record": lambda stand: [factories.agency(area=stand.area).ref],
    "support": support,
    "support:end-agency": lambda stand: [factories.agency(area=stand.area).ref],
    "reports": lambda stand: [factories.report(area=stand.area).ref],
    "exhibits": lambda stand: [factories.exhibit(report=factories.report(area=stand.area)).ref],
    "exhibits:ask": lambda stand: [factories.exhibit(report=factories.report(area=stand.area), here=0).ref],
    "pairs": lambda stand: [factories.side(area=stand.area).ref],
    "pairs:referral": lambda stand: [factories.referral(area=stand.area).ref],
    "pairs:split": lambda stand: [factories.referral(area=stand.area).ref],
    "switchboard": lambda stand: [factories.referral(area=stand.area).ref],
    "extracts": lambda stand: [factories.outcome_extract(area=stand.area).ref],
    "extracts:count": lambda stand: [
        factories.outcome_extract(
            area=stand.area, state="asked", people_lines="", recorded_lines="", order_lines=""
        ).ref
    ],
    "extracts:file": lambda stand: [factories.outcome_extract(area=stand.area).ref, "people"],
    "quarterly": lambda stand: [factories.quarterly_return(area=stand.area).ref],
    # the quarter is named by its day: there is none for another area
    "quarterly:count": lambda stand: ["2026-07-01" if stand.own else "1999-01-01"],
    "quarterly:answer": lambda stand: [
        factories.return_question(of=factories.quarterly_return(area=stand.area)).ref
    ],
    "feeds": feed,
    "duty": lambda stand: [factories.duty_number(area=stand.area).ref],
    "alerts": lambda stand: [factories.alert(referral=factories.referral(area=stand.area)).ref],
}


@pytest.mark.parametrize("route", access.routes(ZONE))
def test_a_role_of_the_rule_gets_the_page_and_any_other_403(route: str, kit: Account) -> None:
    answers = access.answers(zone=ZONE, route=route, makers=MAKERS, account=kit)

    # A coordinator sees orders and no referral: tests/partnership/tasks gives a task about an order.
    unseen = {Role.ORDER_COORDINATOR: "404"} if route == "tasks:give-about" else {}
    assert answers == access.expected(zone=ZONE, route=route) | unseen


@pytest.mark.parametrize("route", access.routes(ZONE))
def test_a_row_of_another_area_is_absent_byte_for_byte(route: str, kit: Account) -> None:
    pairs = access.absent_and_out_of_scope(zone=ZONE, route=route, makers=MAKERS, account=kit)

    for role, method, there, nowhere in pairs:
        # A form that is wrong in itself is refused before any row is asked for: alike for both.
        assert there[0] in {404, 405, 422}, (role, method)
        assert there == nowhere, (role, method)


@pytest.mark.parametrize("route", access.routes(ZONE))
def test_without_sign_in_every_address_leads_to_the_sign_in_page(route: str, kit: Account) -> None:
    onward = access.without_sign_in(route=route, makers=MAKERS, account=kit)

    assert onward.startswith("/account/sign-in/")
