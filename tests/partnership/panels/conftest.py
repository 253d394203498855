"""A meeting that Merle chairs, with two agencies, each with a colleague, and a second person of the police."""

from typing import Any, NamedTuple

import pytest
from django.test import Client
from tests import staff
from tests.partnership import factories as police
from tests.partnership.panels import factories

from desist.accounts.models import Account
from desist.partnership.agencies.models import Agency
from desist.partnership.panels.models import PanelItem, PanelMeeting
from desist.wall.actors import Role


class Panel(NamedTuple):
    """A meeting and who has to do with it: browsers in which they are signed in."""

    meeting: PanelMeeting
    item: PanelItem
    debt: Agency
    housing: Agency
    merle: Client
    hollis: Client
    wren: Client
    sorrel: Client
    chair: Account
    reader: Account


@pytest.fixture
def panel(own_keys: None, db: Any) -> Panel:
    """Merle chairs, Hollis is the second person; Wren works for the debt adviser, Sorrel for the housing service."""
    merle, hollis = staff.account(name="Merle Ashdonbury"), staff.account(name="Hollis Varnavides")
    wren, sorrel = staff.account(name="Wren Copplestick"), staff.account(name="Sorrel Vane")
    debt, housing = factories.agency(name="Harbour Debt Advice"), factories.agency(name="Northmere Housing")
    police.member(account=wren.ref, agency=debt, side="programme")
    police.member(account=sorrel.ref, agency=housing, side="advocacy")
    meeting = factories.meeting(agencies=(debt, housing), chair=merle.ref)
    about = police.referral(given_names="Robin", family_name="Outerwood", thread="thread-of-robin")
    return Panel(
        meeting=meeting,
        item=factories.item(meeting=meeting, referral=about),
        debt=debt,
        housing=housing,
        merle=staff.browser(account=merle, role=Role.PANEL_CHAIR),
        hollis=staff.browser(account=hollis, role=Role.FORCE_LEAD),
        wren=staff.browser(account=wren, role=Role.PARTNER),
        sorrel=staff.browser(account=sorrel, role=Role.PARTNER),
        chair=merle,
        reader=wren,
    )
